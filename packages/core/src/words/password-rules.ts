import { domainToUnicode } from 'node:url'
import { PASSWORD_MIN_CHARACTERS } from '@latchkey/contract/limits'
import {
  type FieldSentence,
  type PASSWORD_ATTRIBUTES,
  passwordTooSimilar,
  SENTENCES,
} from '@latchkey/contract/sentences'
import { similarityOf } from './similarity.ts'

/** The attributes of a user that a password must not resemble. */
export interface UserAttributes {
  email: string
  firstName: string
  lastName: string
}

const MAX_SIMILARITY = 0.7

/** Finds every rule that an NFC-normalised password breaks, as sentences of the contract; an empty list for none. */
export async function findPasswordFaults(password: string, user: UserAttributes): Promise<FieldSentence[]> {
  const faults: FieldSentence[] = []
  const lowered = password.toLowerCase()
  const similar = findSimilarAttribute(lowered, user)
  if (similar) faults.push(passwordTooSimilar(similar))
  if ([...password].length < PASSWORD_MIN_CHARACTERS) faults.push(SENTENCES.passwordTooShort)
  if (await isCommon(lowered)) faults.push(SENTENCES.passwordTooCommon)
  if (/^\p{Nd}+$/u.test(password)) faults.push(SENTENCES.passwordNumeric)
  return faults
}

async function isCommon(lowered: string): Promise<boolean> {
  // Imported at the first use, because many processes never need these tens of thousands of words.
  const { COMMON_PASSWORDS } = await import('./common-passwords.ts')
  return COMMON_PASSWORDS.has(lowered.trim())
}

type Attribute = (typeof PASSWORD_ATTRIBUTES)[number]

function findSimilarAttribute(lowered: string, user: UserAttributes): Attribute | null {
  const attributes: Record<Attribute, string[]> = {
    'email address': [user.email, readDomain(user.email)],
    'first name': [user.firstName],
    'last name': [user.lastName],
  }
  for (const [name, values] of Object.entries(attributes) as [Attribute, string[]][]) {
    const parts = new Set(values.flatMap((value) => splitIntoParts(value.toLowerCase())))
    if ([...parts].some((part) => isSimilar(lowered, part))) return name
  }
  return null
}

/** The domain of an address as people read it. The address itself has the A-labels. */
function readDomain(email: string): string {
  return email.includes('xn--') ? domainToUnicode(email.slice(email.lastIndexOf('@') + 1)) : ''
}

/** The words of a value, and the whole value: `ada.lovelace@example.com` has five parts. */
function splitIntoParts(value: string): string[] {
  return [...value.split(/[^\p{L}\p{N}_]+/u), value].filter((part) => part !== '')
}

function isSimilar(password: string, part: string): boolean {
  // A part that is ten times shorter than the password cannot be similar to it.
  const isTooShort =
    password.length >= 10 * part.length && part.length < (MAX_SIMILARITY / 2) * password.length
  return !isTooShort && similarityOf(password, part) >= MAX_SIMILARITY
}
