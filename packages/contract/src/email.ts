import { EMAIL_LOCAL_PART_MAX_CHARACTERS } from './limits.ts'

const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
const LABEL = '[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?'
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${LABEL}$`, 'u')

/**
 * Normalises an address to the one form that is stored, compared and throttled.
 *
 * NFKC folds look-alike widths and ligatures. One mailbox then has one user, whatever the spelling.
 */
export function normalizeEmail(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase()
}

/**
 * Returns whether a normalised text is exactly one mailbox address.
 *
 * The form is the dot-atom of RFC 5321, with the letters of RFC 6531. Quoted local parts, comments, lists and bare
 * host names are refused. An accepted address can stand in a mail header as it is.
 */
export function isEmailAddress(text: string): boolean {
  const lastLabel = text.slice(text.lastIndexOf('.') + 1)
  if (text.indexOf('@') > EMAIL_LOCAL_PART_MAX_CHARACTERS) return false
  return ADDRESS.test(text) && !/^\d*$/.test(lastLabel) && [...lastLabel].length >= 2
}
