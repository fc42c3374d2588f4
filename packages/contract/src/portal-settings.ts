import type { Brand } from './brand.ts'
import type { ContractSettings } from './settings.ts'

/** What `/account/config.json` tells the portal: the settings of the server that people see. */
export interface PortalSettings
  extends Pick<
    ContractSettings,
    'cookieMode' | 'emailVerification' | 'namesRequired' | 'oldPasswordRequired' | 'logoutOnPasswordChange'
  > {
  /** The prefix of the REST paths. The cookie of the session may be bound to this prefix. */
  apiPath: string
  /** Whether the server sends mail. Without mail no user gets a link. */
  sendsMail: boolean
  /** Where a developer reads the mails; null in production. */
  mailboxPath: string | null
  /** Whether people use second steps; `required`: everybody must have one. */
  mfaMode: 'disabled' | 'optional' | 'required'
  /** Whether the server opens no session but one that is bound to a key, in every mode. */
  bound: boolean
  /** Whether people use passkeys. */
  passkeysEnabled: boolean
  /** The providers that people may sign in with, in the order of the settings. */
  providers: readonly { id: string; name: string }[]
  brand: Brand
}

/** The path of the portal. The build of the portal knows this path too. */
export const PORTAL_PATH = '/account'
/** Where a sign-in with a provider comes back to, below the path of the portal. */
export const PORTAL_RETURN_PATH = '/return'
/** The path of {@link PortalSettings}, below the path of the portal. */
export const PORTAL_SETTINGS_FILE = 'config.json'
/** The path of the developers' mailbox, outside production. */
export const MAILBOX_PATH = '/dev/mailbox'
