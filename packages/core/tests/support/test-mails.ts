import type { MailRequest } from '../../src/services/mail/mail-kinds.ts'

/** The base of the links in test mails. */
export const MAIL_PUBLIC_URL = 'https://auth.example.com'

/** Makes a mail with a secret in its link. */
export function resetMail(to: string, secret: string): MailRequest {
  const link = `${MAIL_PUBLIC_URL}/password/reset/confirm/abc/${secret}/`
  const variables = { email: to, link, lifetime: '1 hour', requestedAt: '22 November 2025 at 19:29 UTC' }
  return { kind: 'reset-password', to, variables }
}

/** Makes a mail that shows an address from a stranger. */
export function signUpMail(to: string): MailRequest {
  const link = `${MAIL_PUBLIC_URL}/registration/verification/key/`
  const variables = {
    email: to,
    link,
    lifetime: '3 days',
    requestedAt: '22 November 2025 at 19:29 UTC',
  }
  return { kind: 'confirm-registration', to, variables }
}
