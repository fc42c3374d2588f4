import { EMAIL_MAX_CHARACTERS, isEmailAddress, normalizeEmail } from '../../words/email.ts'

/** What an address of a provider is, and whether the provider vouches for it. */
export interface JudgedAddress {
  email: string | null
  isVouched: boolean
}

const ASCII = /^[\0-\x7f]*$/
const MAX_UNITS = 1024

/**
 * Judges the address that a provider named.
 *
 * The provider proved the text it sent and no other. `ﬁ@…` has the normal form `fi@…`, which may belong to somebody else.
 * So nobody vouches for an address that differs from its normal form in more than the case of ASCII.
 *
 * @param raw - as the provider sent it
 * @param rules.vouches - asked with the normal form: what the provider says about the proof
 * @param rules.domains - for whose addresses it counts; `*`: all
 */
export function judgeAddress(
  raw: unknown,
  rules: { vouches: (email: string) => boolean; domains: readonly string[] },
): JudgedAddress {
  if (typeof raw !== 'string' || raw.length > MAX_UNITS) return { email: null, isVouched: false }
  const email = normalizeEmail(raw)
  if (!isEmailAddress(email) || [...email].length > EMAIL_MAX_CHARACTERS)
    return { email: null, isVouched: false }
  const isExact = ASCII.test(raw) && raw.toLowerCase() === email
  const isOfDomain = rules.domains.includes('*') || rules.domains.includes(domainOf(email))
  return { email, isVouched: isExact && isOfDomain && rules.vouches(email) }
}

/** The part after the last `@`. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1)
}
