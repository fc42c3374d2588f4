import { type Brand, type ContractSettings, MAILBOX_PATH, type PortalSettings } from '@latchkey/contract'

/** The settings of the portal beside those of the contract. None of them is a secret. */
interface PortalConfig {
  brand: Brand
  basePath: string
  restPrefix: string
  mail: { mode: string; mailboxDir: string | null }
  production: boolean
  mfaMode: PortalSettings['mfaMode']
  passkeysEnabled: boolean
  providers: PortalSettings['providers']
}

/** Describes the server to the portal. */
export function describePortal(settings: ContractSettings, config: PortalConfig): PortalSettings {
  const { cookieMode, emailVerification, namesRequired, oldPasswordRequired, logoutOnPasswordChange } =
    settings
  const { basePath, restPrefix, mail, production, brand, mfaMode, passkeysEnabled, providers } = config
  return {
    apiPath: basePath + restPrefix,
    cookieMode,
    emailVerification,
    namesRequired,
    oldPasswordRequired,
    logoutOnPasswordChange,
    sendsMail: mail.mode !== 'off',
    mailboxPath: mail.mailboxDir !== null && !production ? basePath + MAILBOX_PATH : null,
    mfaMode,
    bound: settings.dpop === 'required',
    passkeysEnabled,
    // The client ids are no secret, but the portal has no use for them.
    providers: providers.map(({ id, name }) => ({ id, name })),
    brand,
  }
}
