import { resolve } from 'node:path'
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
      read: (text) => (isSmtpUrl(text) ? text : undefined),
    }),
    {
      default: '–',
      meaning: '`smtp://user:password@host:587` or `smtps://…`; required in production unless `MAIL=off`',
      secret: true,
    },
  ),
  MAIL_FROM: documented(
    setting({
      expected: 'a sender such as "Example <no-reply@example.com>"',
      read: (text) =>
        /^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(text) ? text : undefined,
    }),
    { default: '`Latchkey <no-reply@localhost>`', meaning: 'the sender' },
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
export function mailConfig(env: SettingsOf<typeof mailVariables>, dataDir: string) {
  const mode = env.MAIL ?? (env.SMTP_URL ? 'smtp' : 'dev')
  return {
    mail: {
      mode,
      smtpUrl: env.SMTP_URL ?? null,
      from: env.MAIL_FROM ?? 'Latchkey <no-reply@localhost>',
      mailboxDir: mode === 'dev' ? resolve(dataDir, 'mailbox') : null,
      templatesDir: env.MAIL_TEMPLATES_DIR ?? null,
    },
  }
}

interface MailUse {
  mail: { mode: string }
  emailVerification: string
}

/** Finds settings that cannot work without mail. */
export function findMailFaults({ mail, emailVerification }: MailUse): string[] {
  if (mail.mode !== 'off' || emailVerification !== 'mandatory') return []
  return ['EMAIL_VERIFICATION must not be mandatory with MAIL=off: nobody could finish a sign-up']
}

/** Lists, for the log of a start, the features that answer as before and whose mails do not arrive. */
export function findMailWarnings({ mail, emailVerification }: MailUse): string[] {
  if (mail.mode !== 'off') return []
  const verification = emailVerification === 'none' ? '' : 'verification of addresses, '
  const rest = 'password resets, changes of address, invitations and notices to owners cannot work'
  return [`MAIL is off: ${verification}${rest}`]
}

function isSmtpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
}
