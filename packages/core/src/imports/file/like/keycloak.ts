import { Secret } from 'otpauth'
import { spellPbkdf2 } from '../../../words/foreign-hashes/read-pbkdf2.ts'
import type { Fields } from '../records.ts'
import { fromMilliseconds, isFields, type Likeness, listFields, listRemarks } from './fields.ts'

const DIGESTS: Record<string, 'sha1' | 'sha256' | 'sha512'> = {
  pbkdf2: 'sha1',
  'pbkdf2-sha256': 'sha256',
  'pbkdf2-sha512': 'sha512',
}
const VERSIONS: Record<string, number> = { '1.0': 16, '1.3': 19 }

/** A user of a Keycloak realm file. */
export function fromKeycloak(given: Fields): Likeness {
  const credentials = listFields(given.credentials).map(readCredential)
  const otp = credentials.filter(({ type }) => type === 'otp')
  const totp = otp.map(readTotp).find((secret) => secret !== null)
  const fields = {
    external_id: given.id,
    email: given.email,
    email_verified: given.emailVerified,
    first_name: given.firstName,
    last_name: given.lastName,
    is_active: given.enabled,
    created_at: fromMilliseconds(given.createdTimestamp),
    password_hash: spellPassword(credentials),
    totp_secret: totp,
  }
  const isOther = credentials.some(({ type }) => type !== 'password' && type !== 'otp')
  const remarks = listRemarks({
    mfa_unreadable: !totp && (isOther || otp.length > 0),
    factor_left: Boolean(totp) && (isOther || otp.length > 1),
    social: listFields(given.federatedIdentities).length > 0,
  })
  return { fields, remarks }
}

interface Credential {
  type: unknown
  data: Fields
  secret: Fields
}

function readCredential({ type, credentialData, secretData }: Fields): Credential {
  return { type, data: parse(credentialData), secret: parse(secretData) }
}

function parse(text: unknown): Fields {
  try {
    const value: unknown = JSON.parse(String(text))
    return isFields(value) ? value : {}
  } catch {
    return {}
  }
}

function spellPassword(credentials: Credential[]): string {
  const password = credentials.find(({ type }) => type === 'password')
  if (!password) return ''
  const { data, secret } = password
  const [salt, hash] = [secret.salt, secret.value].map((text) => Buffer.from(String(text), 'base64'))
  const iterations = Number(data.hashIterations)
  if (!salt || !hash || !Number.isSafeInteger(iterations)) return 'unknown'
  if (data.algorithm === 'argon2') return spellArgon2(data, { iterations, salt, hash })
  const digest = DIGESTS[String(data.algorithm)]
  return digest ? spellPbkdf2({ digest, iterations, salt, hash }) : 'unknown'
}

function spellArgon2(
  { additionalParameters }: Fields,
  { iterations, salt, hash }: { iterations: number; salt: Buffer; hash: Buffer },
): string {
  const given = isFields(additionalParameters) ? additionalParameters : {}
  const first = (name: string) => String(Array.isArray(given[name]) ? given[name][0] : given[name])
  const version = VERSIONS[first('version')] ?? 0
  const parameters = `m=${first('memory')},t=${iterations},p=${first('parallelism')}`
  return `$argon2${first('type')}$v=${version}$${parameters}$${toPhc(salt)}$${toPhc(hash)}`
}

function toPhc(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

/** Keycloak's secret is a text whose bytes are the key, unless it says base32. */
function readTotp({ data, secret }: Credential): string | null {
  const isOurs =
    data.subType === 'totp' && data.digits === 6 && data.period === 30 && data.algorithm === 'HmacSHA1'
  if (!isOurs || typeof secret.value !== 'string') return null
  return data.secretEncoding === 'BASE32' ? secret.value : Secret.fromUTF8(secret.value).base32
}
