import { domainToASCII, domainToUnicode } from 'node:url'
import { INVISIBLE_OR_UNASSIGNED } from './characters.ts'

const DOMAIN_MAX_CHARACTERS = 253
/** A label in ASCII: letters, digits and inner hyphens (RFC 5321, section 4.1.2). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const IS_ASCII = /^[\0-\x7f]*$/
/** Characters of ASCII that stand in no domain. Some of them mean something to a reader of hosts. */
const NOT_OF_A_DOMAIN = /[\0-,/:-@[-`{-\x7f]/

/**
 * Writes a domain as its A-labels, the one form in ASCII that DNS and every mail server know.
 *
 * The mapping is that of UTS 46, strict: `Bücher.example` and `xn--bcher-kva.example` are the same domain. A domain in
 * ASCII without `xn--` is only lower-cased.
 *
 * @returns null when a domain outside of ASCII has no A-labels: an invisible or unassigned character, a label that is
 *   too long, a broken `xn--`
 * @see decision 082
 */
export function toAsciiDomain(domain: string): string | null {
  if (IS_ASCII.test(domain) && !/xn--/i.test(domain)) return domain.toLowerCase()
  if (domain.length > DOMAIN_MAX_CHARACTERS || NOT_OF_A_DOMAIN.test(domain)) return null
  // Node maps these characters to nothing, or judges them by its own table.
  if (INVISIBLE_OR_UNASSIGNED.test(domain)) return null
  const ascii = domainToASCII(domain)
  const isStrict = ascii.length <= DOMAIN_MAX_CHARACTERS && ascii.split('.').every(isStrictLabel)
  return isStrict ? ascii : null
}

/** Node does not judge the hyphens and the length of a label. */
function isStrictLabel(label: string): boolean {
  if (!LABEL.test(label)) return false
  if (!label.startsWith('xn--')) return true
  const text = domainToUnicode(label)
  return text !== '' && !/^-|-$|^..--/u.test(text) && !INVISIBLE_OR_UNASSIGNED.test(text)
}
