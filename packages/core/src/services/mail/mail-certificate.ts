import { createSmtpOptions } from './smtp-options.ts'
import { openSession } from './smtp-session.ts'
import { readSmtpUrl } from './smtp-url.ts'

/**
 * Reads until when the certificate of the SMTP server is valid. It verifies nothing, and does not sign in.
 *
 * @returns null when the connection is in the clear
 * @throws {MailSettingMistake} when the URL cannot be used
 * @throws when the server is not reached
 */
export async function readMailCertificate(smtpUrl: string, publicUrl: string): Promise<Date | null> {
  const options = createSmtpOptions(readSmtpUrl(smtpUrl), publicUrl)
  const session = await openSession({ ...options, tls: { ...options.tls, rejectUnauthorized: false } })
  try {
    await session.connect()
    const socket = session.tls()
    return socket && new Date(socket.getPeerCertificate().valid_to)
  } finally {
    session.close()
  }
}
