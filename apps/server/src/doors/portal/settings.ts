/** The settings of the server that decide what the portal shows. None of them is a secret. */
export interface PortalOptions {
  restPrefix: string
  refreshCookie: object | null
  emailVerification: 'none' | 'optional' | 'mandatory'
  registrationNamesRequired: boolean
  oldPasswordRequired: boolean
  logoutOnPasswordChange: boolean
  mail: { mode: string; mailboxDir: string | null }
  production: boolean
  /** The folder of the operator's own build of the portal, or null for ours. */
  portalDir: string | null
}

/** What `/account/config.json` tells the portal. */
export function describePortal(options: PortalOptions) {
  return {
    /** Where the REST paths are, below the origin: the cookie of the session may be bound to the prefix. */
    apiPath: options.restPrefix,
    cookieMode: options.refreshCookie !== null,
    emailVerification: options.emailVerification,
    namesRequired: options.registrationNamesRequired,
    oldPasswordRequired: options.oldPasswordRequired,
    logoutOnPasswordChange: options.logoutOnPasswordChange,
    sendsMail: options.mail.mode !== 'off',
    mailboxPath: options.mail.mailboxDir !== null && !options.production ? '/dev/mailbox' : null,
  }
}
