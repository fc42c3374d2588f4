import { DEFAULT_CORE_CONFIG } from '../../src/context.ts'
import type { ComposerOptions } from '../../src/services/mail/compose-mail.ts'
import type { MailRequest } from '../../src/services/mail/mail-kinds.ts'

/** The base of the links in test mails. */
export const MAIL_PUBLIC_URL = 'https://auth.example.com'

/** What a composer gets from the settings, unless a test says otherwise. */
export const MAIL_SITE: ComposerOptions = {
  publicUrl: MAIL_PUBLIC_URL,
  brand: DEFAULT_CORE_CONFIG.brand,
  pages: DEFAULT_CORE_CONFIG.accountPages,
  defaultLanguage: DEFAULT_CORE_CONFIG.defaultLanguage,
  templatesDir: null,
}

const REQUESTED_AT = Date.UTC(2025, 10, 22, 19, 29)

/** Makes a mail with a secret in its link. */
export function resetMail(to: string, secret: string): MailRequest {
  const link = `${MAIL_PUBLIC_URL}/password/reset/confirm/abc/${secret}/`
  const variables = { email: to, link, lifetime: 3600, requestedAt: REQUESTED_AT }
  return { kind: 'reset-password', to, language: null, variables }
}

/** Makes a mail that shows an address from a stranger. */
export function signUpMail(to: string): MailRequest {
  const link = `${MAIL_PUBLIC_URL}/registration/verification/key/`
  const variables = {
    email: to,
    link,
    lifetime: 3 * 86_400,
    requestedAt: REQUESTED_AT,
  }
  return { kind: 'confirm-registration', to, language: null, variables }
}
