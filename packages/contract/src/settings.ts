/** Whether an address must be proven: never, at leisure, or before there is a user. */
export type EmailVerification = 'none' | 'optional' | 'mandatory'

/** The settings of a server that the contract depends on. */
export interface ContractSettings {
  /** Whether the refresh token travels in a cookie instead of the body. */
  cookieMode: boolean
  emailVerification: EmailVerification
  /** Whether a sign-up needs first and last name. */
  namesRequired: boolean
  /** Whether a change of password asks for the old one. */
  oldPasswordRequired: boolean
  /** Whether a change of password ends every other session. */
  logoutOnPasswordChange: boolean
  /** Whether a mailed link shows a page whose button does its work. */
  emailLinkButton: boolean
  /** The operator's own page behind a verified address; null means the built-in one. */
  emailVerifiedRedirect: string | null
  /** The operator's own form for a new password; null means the built-in one. */
  passwordResetRedirect: string | null
}

/** The settings of `openapi.json`: the defaults, with verification, which brings every operation. */
export const REFERENCE_SETTINGS: ContractSettings = {
  cookieMode: false,
  emailVerification: 'mandatory',
  namesRequired: true,
  oldPasswordRequired: true,
  logoutOnPasswordChange: true,
  emailLinkButton: false,
  emailVerifiedRedirect: null,
  passwordResetRedirect: null,
}

/**
 * Settings that between them show every operation, field and answer there can be.
 *
 * A type that must fit every server is made from all of them: a field that one of them leaves out, or does not
 * require, is optional.
 */
export const EVERY_SETTINGS: readonly ContractSettings[] = [
  REFERENCE_SETTINGS,
  {
    cookieMode: true,
    emailVerification: 'optional',
    namesRequired: false,
    oldPasswordRequired: false,
    logoutOnPasswordChange: false,
    emailLinkButton: true,
    emailVerifiedRedirect: null,
    passwordResetRedirect: null,
  },
  { ...REFERENCE_SETTINGS, emailVerification: 'none' },
]
