import { readSender } from './sender.ts'
import { MailSettingMistake } from './setting-mistake.ts'
import { readCertificates } from './smtp-options.ts'
import { readSmtpUrl } from './smtp-url.ts'

/**
 * Finds the mistakes of `SMTP_URL` and `MAIL_FROM`, one sentence per setting.
 *
 * Each sentence begins with the name of the setting. It repeats neither a password nor any other value, except the path
 * of a file.
 */
export function findMailSettingMistakes(given: { smtpUrl: string | null; from: string }): string[] {
  const { smtpUrl, from } = given
  return [
    ...findMistake(() => {
      const caFile = smtpUrl === null ? null : readSmtpUrl(smtpUrl).caFile
      if (caFile !== null) readCertificates(caFile)
    }),
    ...findMistake(() => void readSender(from)),
  ]
}

function findMistake(read: () => void): string[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof MailSettingMistake) return [error.message]
    throw error
  }
}
