import type { Domain } from './command.ts'

/** @throws when the setting MAIL is off and the command would send a mail */
export function requireMail({ mail }: Pick<Domain, 'mail'>): void {
  if (mail === 'off') throw new Error('MAIL is off: no link can be mailed. Set SMTP_URL first.')
}
