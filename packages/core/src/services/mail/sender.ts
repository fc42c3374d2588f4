import { isIP } from 'node:net'
import { toAsciiDomain } from '../../words/email.ts'
import { MailSettingMistake } from './setting-mistake.ts'

/** The sender of every mail. */
export interface Sender {
  /** The shown name; it may be empty. */
  name: string
  /** Exactly one address, in ASCII. */
  address: string
  /** The part of the address after the @. */
  domain: string
}

const FORM = 'MAIL_FROM must be a sender such as "Example <no-reply@example.com>"'
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const LOCAL_PART = new RegExp(`^(?=.{1,64}$)${ATOM}(?:\\.${ATOM})*$`)
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const DOMAIN = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)*${LABEL}$`)

/**
 * Reads `MAIL_FROM`: one address, or a name and one address in angle brackets.
 *
 * A name is kept as it is written, also with commas, colons, round brackets and letters outside of ASCII. A domain
 * outside of ASCII is turned into its ASCII form, which every server understands.
 *
 * @param fallbackName - the shown name of a sender without one
 * @throws {MailSettingMistake} for anything else; nothing is dropped in silence
 */
export function readSender(text: string, fallbackName = ''): Sender {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) refuse('it has a line break or another control character')
  const trimmed = text.trim()
  const open = trimmed.endsWith('>') ? trimmed.lastIndexOf('<') : -1
  if (open < 0) return { name: fallbackName, ...readAddress(trimmed) }
  const name = readName(trimmed.slice(0, open).trim()) || fallbackName
  return { name, ...readAddress(trimmed.slice(open + 1, -1).trim()) }
}

function readName(phrase: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(phrase)?.[1]
  if (quoted === undefined && /[<>"@]/.test(phrase)) {
    refuse('a name with one of < > @ " stands in double quotes, and there is exactly one address')
  }
  const name = quoted?.replace(/\\(.)/g, '$1') ?? phrase
  if (/=\?.*\?=/.test(name)) refuse('the name is written as it is, not encoded')
  return name
}

function readAddress(text: string): { address: string; domain: string } {
  if (/[()]/.test(text))
    refuse('a comment is not kept; write the name before the address, and the address in < >')
  if (/[,;:]/.test(text.replace(/\[.*\]$/, '')))
    refuse('it names exactly one address; lists and groups are refused')
  const at = text.lastIndexOf('@')
  const localPart = text.slice(0, Math.max(at, 0))
  if (/[^\0-\x7f]/.test(localPart))
    refuse('the part before the @ is in ASCII, because many servers take nothing else')
  const domain = readDomain(text.slice(at + 1))
  if (at < 1 || !LOCAL_PART.test(localPart) || !domain) refuse('the address is not an email address')
  return { address: `${localPart}@${domain}`, domain }
}

/** Returns the domain in ASCII, or an empty text. */
function readDomain(text: string): string {
  const literal = /^\[(?:IPv6:)?([^\]]+)\]$/i.exec(text)?.[1]
  if (literal) return isIP(literal) ? text : ''
  const domain = toAsciiDomain(text) ?? ''
  return DOMAIN.test(domain) && !isIP(domain) ? domain : ''
}

function refuse(why: string): never {
  throw new MailSettingMistake(`${FORM}: ${why}`)
}
