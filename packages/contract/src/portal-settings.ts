import type { ContractSettings } from './settings.ts'

/** What `/account/config.json` tells the portal: how the server is set up, as far as people see it. */
export interface PortalSettings
  extends Pick<
    ContractSettings,
    'cookieMode' | 'emailVerification' | 'namesRequired' | 'oldPasswordRequired' | 'logoutOnPasswordChange'
  > {
  /** Where the REST paths are, below the origin: the cookie of the session may be bound to the prefix. */
  apiPath: string
  /** Whether mail leaves the server; without it nobody gets a link. */
  sendsMail: boolean
  /** Where a developer finds what was mailed; null in production. */
  mailboxPath: string | null
}

/** Where the portal is served; its build knows the path too. */
export const PORTAL_PATH = '/account'
/** Where the portal asks for {@link PortalSettings}, below its own path. */
export const PORTAL_SETTINGS_FILE = 'config.json'
/** Where the developers' mailbox is, outside production. */
export const MAILBOX_PATH = '/dev/mailbox'
