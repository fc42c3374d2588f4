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

/** A local part that is quoted, or any run of characters that have no meaning between addresses. */
const LOCAL_PART = '(?:"(?:[^"\\\\\\p{Cc}]|\\\\[^\\p{Cc}])+"|[^\\s\\p{Cc}"(),:;<>@\\[\\\\\\]]+)'
const HOST = '(?:\\[[0-9a-z:.]+\\]|[^\\s\\p{Cc}"(),:;<>@\\[\\\\\\]]+)'
const KNOWN_ADDRESS = new RegExp(`^${LOCAL_PART}@${HOST}$`, 'u')

/**
 * Returns whether a user may hold this text as its address.
 *
 * An import or an older release may have stored an address that {@link isEmailAddress} refuses: a quoted local part, two
 * dots in a row, a bare host name, an IP address. Its user must be able to sign in and to ask for a mail. Lists of
 * addresses and line ends are refused.
 */
export function isKnownAddress(text: string): boolean {
  return KNOWN_ADDRESS.test(text)
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
