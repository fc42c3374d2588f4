import { EMAIL_LOCAL_PART_MAX_CHARACTERS } from './limits.ts'

const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
const LABEL = '[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?'
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${LABEL}$`, 'u')

/**
 * Brings an address to the one form it is stored, compared and throttled in.
 *
 * NFKC folds look-alike widths and ligatures, so that one mailbox cannot have two users by spelling.
 */
export function normalizeEmail(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase()
}

/**
 * Answers whether a normalised text is exactly one mailbox address.
 *
 * The dot-atom form of RFC 5321, with the letters of RFC 6531; no quoted local parts, no comments, no lists, no
 * bare host names. What it accepts can stand in a mail header as it is.
 */
export function isEmailAddress(text: string): boolean {
  const lastLabel = text.slice(text.lastIndexOf('.') + 1)
  if (text.indexOf('@') > EMAIL_LOCAL_PART_MAX_CHARACTERS) return false
  return ADDRESS.test(text) && !/^\d*$/.test(lastLabel) && [...lastLabel].length >= 2
}
