import { INVISIBLE_OR_UNASSIGNED } from './characters.ts'
import { toAsciiDomain } from './domain.ts'
import { EMAIL_LOCAL_PART_MAX_CHARACTERS } from './limits.ts'

const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${LABEL}$`, 'u')

/** The `@`, also in the widths that keyboards of East Asia write. */
const AT = /[@\uFF20\uFE6B]/g

/**
 * Normalises an address to the one form that is stored, compared, counted and sent.
 *
 * Before the `@`, NFKC folds look-alike widths and ligatures, and letters become lower case. The domain becomes its
 * A-labels. One mailbox then has one user, whatever the spelling.
 *
 * A text that {@link isKnownAddress} refuses afterwards has no such form.
 *
 * @param text - of bounded length
 */
export function normalizeEmail(text: string): string {
  const trimmed = text.trim()
  const at = [...trimmed.matchAll(AT)].at(-1)?.index ?? trimmed.length
  const domain = trimmed.slice(at + 1)
  const localPart = fold(trimmed.slice(0, at))
  return at === trimmed.length ? localPart : `${localPart}@${toAsciiDomain(domain) ?? domain}`
}

/** Lower-casing can take a text out of its normal form, for example `İ` with a dot below. */
function fold(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase()
  return /^[\0-\x7f]*$/.test(lower) ? lower : lower.normalize('NFKC')
}

/** A local part that is quoted, or any run of characters that have no meaning between addresses. */
const LOCAL_PART = '(?:"(?:[^"\\\\\\p{Cc}]|\\\\[^\\p{Cc}])+"|[^\\s\\p{Cc}"(),:;<>@\\[\\\\\\]]+)'
const HOST = '(?:\\[[0-9a-z:.]+\\]|(?:(?!["(),:;<>@\\[\\\\\\]])[!-~])+)'
const KNOWN_ADDRESS = new RegExp(`^${LOCAL_PART}@${HOST}$`, 'u')

/**
 * Returns whether a user may hold this text as its address.
 *
 * An import or an older release may have stored an address that {@link isEmailAddress} refuses: a quoted local part, two
 * dots in a row, a bare host name, an IP address. Its user must be able to sign in and to ask for a mail. Lists of
 * addresses and line ends are refused.
 */
export function isKnownAddress(text: string): boolean {
  return KNOWN_ADDRESS.test(text) && !INVISIBLE_OR_UNASSIGNED.test(text) && hasOneDomain(text)
}

/** A broken `xn--` stands for no domain. Another program might read some domain out of it. */
function hasOneDomain(address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return toAsciiDomain(domain) === domain
}

/**
 * Returns whether a normalised text is exactly one mailbox address.
 *
 * The form is the dot-atom of RFC 5321, with the letters of RFC 6531 before the `@`. Quoted local parts, comments, lists
 * and bare host names are refused. An accepted address can stand in a mail header as it is.
 */
export function isEmailAddress(text: string): boolean {
  const lastLabel = text.slice(text.lastIndexOf('.') + 1)
  if (text.indexOf('@') > EMAIL_LOCAL_PART_MAX_CHARACTERS) return false
  if (!ADDRESS.test(text) || /^\d*$/.test(lastLabel) || lastLabel.length < 2) return false
  return !INVISIBLE_OR_UNASSIGNED.test(text) && hasOneDomain(text)
}
