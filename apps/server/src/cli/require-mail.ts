import type { Run } from './command.ts'

/**
 * Refuses a command that would mail something where no mail is sent.
 *
 * @throws when the setting MAIL is off
 */
export function requireMail({ mail }: Pick<Run, 'mail'>): void {
  if (mail === 'off') throw new Error('MAIL is off: no link can be mailed. Set SMTP_URL first.')
}
