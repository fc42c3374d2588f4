import { domainToUnicode } from 'node:url'
import { findSimilarAttribute, isNumeric, isTooShort } from '@latchkey/contract/password-rules'
import { type FieldSentence, passwordTooSimilar, SENTENCES } from '@latchkey/contract/sentences'

/** The attributes of a user that a password must not resemble. */
export interface UserAttributes {
  email: string
  firstName: string
  lastName: string
}

/**
 * Finds every rule that an NFC-normalised password breaks, as sentences of the contract; an empty list for none.
 *
 * Forms of the portal show the same rules while a password is typed.
 */
export async function findPasswordFaults(password: string, user: UserAttributes): Promise<FieldSentence[]> {
  const faults: FieldSentence[] = []
  const similar = findSimilarAttribute(password, {
    'email address': [user.email, readDomain(user.email)],
    'first name': [user.firstName],
    'last name': [user.lastName],
  })
  if (similar) faults.push(passwordTooSimilar(similar))
  if (isTooShort(password)) faults.push(SENTENCES.passwordTooShort)
  if (await isCommon(password)) faults.push(SENTENCES.passwordTooCommon)
  if (isNumeric(password)) faults.push(SENTENCES.passwordNumeric)
  return faults
}

async function isCommon(password: string): Promise<boolean> {
  // Imported at the first use, because many processes never need these tens of thousands of words.
  const { COMMON_PASSWORDS } = await import('./common-passwords.ts')
  return COMMON_PASSWORDS.has(password.toLowerCase().trim())
}

/** The domain of an address as people read it. The address itself has the A-labels. */
function readDomain(email: string): string {
  return email.includes('xn--') ? domainToUnicode(email.slice(email.lastIndexOf('@') + 1)) : ''
}
