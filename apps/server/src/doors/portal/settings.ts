import { type ContractSettings, MAILBOX_PATH, type PortalSettings } from '@latchkey/contract'

/** What the portal is told beside what the contract depends on. None of it is a secret. */
interface PortalConfig {
  restPrefix: string
  mail: { mode: string; mailboxDir: string | null }
  production: boolean
}

/** Describes the server to the portal. */
export function describePortal(settings: ContractSettings, config: PortalConfig): PortalSettings {
  const { cookieMode, emailVerification, namesRequired, oldPasswordRequired, logoutOnPasswordChange } =
    settings
  const { restPrefix, mail, production } = config
  return {
    apiPath: restPrefix,
    cookieMode,
    emailVerification,
    namesRequired,
    oldPasswordRequired,
    logoutOnPasswordChange,
    sendsMail: mail.mode !== 'off',
    mailboxPath: mail.mailboxDir !== null && !production ? MAILBOX_PATH : null,
  }
}
