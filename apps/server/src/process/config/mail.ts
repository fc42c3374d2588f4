import { resolve } from 'node:path'
import { findMailSettingMistakes } from '@latchkey/core'
import { oneOf } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const mailVariables = {
  MAIL: documented(oneOf(['smtp', 'dev', 'off']), {
    default: '`smtp` with `SMTP_URL`, else `dev`',
    meaning: '`smtp`, `dev` (a mailbox at `/dev/mailbox`, not in production) or `off`',
  }),
  SMTP_URL: documented(
    setting({
      expected: 'an address such as smtp://user:password@mail.example.com:587 or smtps://mail.example.com',
      // The core takes it apart; findMailFaults asks it for the mistakes.
      read: (text) => text,
    }),
    {
      default: '–',
      meaning:
        '`smtp://user:password@host:587` or `smtps://…`, with [parameters](#the-mail-server); required in production unless `MAIL=off`',
      secret: true,
    },
  ),
  MAIL_FROM: documented(
    setting({
      expected: 'a sender such as "Example <no-reply@example.com>"',
      read: (text) => text,
    }),
    {
      default: '`$APP_NAME <no-reply@localhost>`',
      meaning:
        'the sender: a name and exactly one address; a host outside of ASCII is sent in its ASCII form',
    },
  ),
  MAIL_TEMPLATES_DIR: documented(
    setting({
      expected: 'the path of a folder of mail templates',
      read: (text) => (text.includes('\0') ? undefined : resolve(text)),
    }),
    { default: 'the built-in ones', meaning: 'a folder of templates that replace ours, part by part' },
  ),
}

/** `MAIL=/var/mail/ada` is not a setting of ours. Login shells name the mailbox of the user in a variable `MAIL`. */
export function isShellMailbox(name: string, value: string): boolean {
  return name === 'MAIL' && value.trim().startsWith('/')
}

/** The settings of {@link mailVariables}, with their defaults. */
export function mailConfig(
  env: SettingsOf<typeof mailVariables>,
  { dataDir, name }: { dataDir: string; name: string },
) {
  const mode = env.MAIL ?? (env.SMTP_URL ? 'smtp' : 'dev')
  return {
    mail: {
      mode,
      smtpUrl: env.SMTP_URL ?? null,
      from: env.MAIL_FROM ?? `${quotePhrase(name)} <no-reply@localhost>`,
      mailboxDir: mode === 'dev' ? resolve(dataDir, 'mailbox') : null,
      templatesDir: env.MAIL_TEMPLATES_DIR ?? null,
    },
  }
}

/** RFC 5322 section 3.2.4: a name with characters that have a meaning in an address stands in quotes. */
function quotePhrase(name: string): string {
  return /^[\p{L}\p{M}\p{N} _-]*$/u.test(name) ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`
}

interface MailUse {
  mail: { mode: string; smtpUrl: string | null; from: string }
  emailVerification: string
}

/** Finds mistakes in the settings of mail, and settings that cannot work without mail. */
export function findMailFaults({ mail, emailVerification }: MailUse): string[] {
  const mistakes = findMailSettingMistakes(mail)
  if (mail.mode !== 'off' || emailVerification !== 'mandatory') return mistakes
  return [
    ...mistakes,
    'EMAIL_VERIFICATION must not be mandatory with MAIL=off: nobody could finish a sign-up',
  ]
}

/** Lists, for the log of a start, the features that answer as before and whose mails do not arrive. */
export function findMailWarnings({
  mail,
  emailVerification,
}: Omit<MailUse, 'mail'> & { mail: { mode: string } }): string[] {
  if (mail.mode !== 'off') return []
  const verification = emailVerification === 'none' ? '' : 'verification of addresses, '
  const rest = 'password resets, changes of address, invitations and notices to owners cannot work'
  return [`MAIL is off: ${verification}${rest}`]
}
