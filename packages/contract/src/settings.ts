import type { CookiePrefix } from './cookies.ts'
import type { DpopMode } from './dpop.ts'

/** When an address is proven: never, at any time, or before the user exists. */
export type EmailVerification = 'none' | 'optional' | 'mandatory'

/** The settings of a server on which the contract depends. */
export interface ContractSettings {
  /** Whether the refresh token travels in a cookie instead of the body. */
  cookieMode: boolean
  /** Stands before the names of all cookies. */
  cookiePrefix: CookiePrefix
  /** What the server does with DPoP proofs. */
  dpop: DpopMode
  emailVerification: EmailVerification
  /** Whether a sign-up needs the first and the last name. */
  namesRequired: boolean
  /** Whether a change of password asks for the old password. */
  oldPasswordRequired: boolean
  /** Whether a change of password ends every other session. */
  logoutOnPasswordChange: boolean
  /** Whether a mailed link shows a page with a button. The button then does the work of the link. */
  emailLinkButton: boolean
  /** The operator's page that follows a verified address; null means the built-in page. */
  emailVerifiedRedirect: string | null
  /** The operator's form for a new password; null means the built-in form. */
  passwordResetRedirect: string | null
  /** The addresses that a call may name for its mailed link, in their canonical form. */
  redirectUrls: readonly string[]
}

/** The settings of `openapi.json`: the defaults, with verification. With them every operation exists. */
export const REFERENCE_SETTINGS: ContractSettings = {
  cookieMode: false,
  cookiePrefix: '',
  dpop: 'optional',
  emailVerification: 'mandatory',
  namesRequired: true,
  oldPasswordRequired: true,
  logoutOnPasswordChange: true,
  emailLinkButton: false,
  emailVerifiedRedirect: null,
  passwordResetRedirect: null,
  redirectUrls: [],
}

/**
 * Settings that together show every operation, field and answer of the contract.
 *
 * A type that fits every server is made from all of them. A field is optional in it when one of these settings removes
 * the field or does not require it.
 */
export const EVERY_SETTINGS: readonly ContractSettings[] = [
  REFERENCE_SETTINGS,
  {
    cookieMode: true,
    cookiePrefix: '',
    dpop: 'required',
    emailVerification: 'optional',
    namesRequired: false,
    oldPasswordRequired: false,
    logoutOnPasswordChange: false,
    emailLinkButton: true,
    emailVerifiedRedirect: null,
    passwordResetRedirect: null,
    redirectUrls: [],
  },
  { ...REFERENCE_SETTINGS, emailVerification: 'none' },
]
