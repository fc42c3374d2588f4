import { CredentialFault, ProviderDown } from './provider-faults.ts'
import type { Claims } from './way.ts'

/** Some providers write the booleans of their claims as texts. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

/** OpenID Connect Core section 2: at most 255 characters of ASCII. */
const ASCII_SUBJECT = /^[\x20-\x7e]{1,255}$/

/** A subject as a text. Most of plain OAuth 2 are numbers, and Discord's are numbers in a text. */
export function readSubject(value: unknown): string {
  if (Number.isSafeInteger(value) && Number(value) > 0) return String(value)
  if (typeof value === 'string' && ASCII_SUBJECT.test(value)) return value
  throw new CredentialFault('subject')
}

/** The numeric id of a person. */
export function readNumericSubject(value: unknown): string {
  const subject = readSubject(value)
  if (!/^\d{1,30}$/.test(subject)) throw new CredentialFault('subject')
  return subject
}

/** The scopes of a list, or of a text that divides them by spaces or by commas. */
export function readScopes(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((scope) => typeof scope === 'string')
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((scope) => scope !== '') : []
}

/** A part of an answer that must be an object. */
export function readPart(value: unknown): Claims {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims
  throw new ProviderDown('an answer without its parts')
}

/** The answer to a question that the token must allow. */
export function requireAnswer<Answer>(answer: Answer | null): Answer {
  if (answer === null) throw new CredentialFault('the access token is refused')
  return answer
}

/** The header of a question that an access token answers. */
export function bearer(accessToken: string): { authorization: string } {
  return { authorization: `Bearer ${accessToken}` }
}
