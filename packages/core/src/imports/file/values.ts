import { ROLE_MAX } from '@latchkey/contract/limits'

/** A value of a file, or what it should be. */
export type Read<T> = { value: T } | { expected: string }

/** Reads one value. A missing value is undefined, null or empty, and does not reach it. */
export type Reader<T> = (value: unknown) => Read<T>

const MAX_TEXT = 4096
const MAX_KEY = 255

const MAX_CODES = 100
const FLAGS = new Map([
  ...['true', 't', 'yes', '1'].map((word): [string, boolean] => [word, true]),
  ...['false', 'f', 'no', '0'].map((word): [string, boolean] => [word, false]),
])
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not occur.
const CONTROL = /[\u0000-\u001f\u007f]/
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?))?$/i
const SEPARATORS = /[\s,;]+/

/** Reads a text of bounded length. */
export function readText(value: unknown): Read<string> {
  const isFit = typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0')
  return isFit ? { value } : { expected: `a text of at most ${MAX_TEXT} characters` }
}

/** Reads a key. A whole number is taken as its digits. */
export function readKey(value: unknown): Read<string> {
  if (Number.isSafeInteger(value)) return { value: String(value) }
  const isFit = typeof value === 'string' && value.length <= MAX_KEY && !CONTROL.test(value)
  if (isFit && value.trim() === value) return { value }
  return {
    expected: `a text of at most ${MAX_KEY} characters without blanks around it, or a whole number below 2^53`,
  }
}

/** Reads true and false in the spellings of JSON, of PostgreSQL and of spreadsheets. */
export function readFlag(value: unknown): Read<boolean> {
  const flag = typeof value === 'object' ? undefined : FLAGS.get(String(value).toLowerCase())
  return flag === undefined ? { expected: 'true or false' } : { value: flag }
}

/** Reads a role. */
export function readRole(value: unknown): Read<number> {
  const role = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  const isFit = typeof role === 'number' && Number.isInteger(role) && role >= 0 && role <= ROLE_MAX
  return isFit ? { value: role } : { expected: `a whole number from 0 to ${ROLE_MAX}` }
}

/** Reads an ISO 8601 time with its zone, or a day, which begins in UTC. */
export function readTime(value: unknown): Read<Date> {
  const parts = typeof value === 'string' ? TIME.exec(value) : null
  const time = parts && toTime(parts)
  return time ? { value: time } : { expected: 'a time with its zone, such as 2024-05-01T12:00:00Z' }
}

function toTime([, year, month, day, hour = '0', minute = '0', second = '0', part = '', zone = 'Z']: (
  | string
  | undefined
)[]): Date | null {
  const time = new Date(0)
  time.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const isDay = time.getUTCMonth() === Number(month) - 1 && time.getUTCDate() === Number(day)
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  time.setUTCHours(Number(hour), Number(minute), Number(second), Number(part.padEnd(3, '0').slice(0, 3)))
  const shifted = new Date(time.getTime() - readZone(zone))
  return shifted.getTime() >= 0 ? shifted : null
}

/** Returns the milliseconds that a zone is ahead of UTC. */
function readZone(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** Reads the secret of an authenticator app in base32, with or without blanks and padding. */
export function readTotpSecret(value: unknown): Read<string> {
  const secret = typeof value === 'string' ? value.replaceAll(/[\s=-]/g, '').toUpperCase() : ''
  return /^[A-Z2-7]{16,256}$/.test(secret) ? { value: secret } : { expected: 'a secret in base32' }
}

/** Reads recovery codes: a list, or a text with blanks or commas between them. */
export function readCodes(value: unknown): Read<string[]> {
  const codes = typeof value === 'string' ? value.split(SEPARATORS).filter(Boolean) : value
  const isFit =
    Array.isArray(codes) &&
    codes.length <= MAX_CODES &&
    codes.every((code) => typeof code === 'string' && code.length > 0 && code.length <= MAX_KEY)
  return isFit ? { value: codes } : { expected: `a list of at most ${MAX_CODES} texts` }
}
