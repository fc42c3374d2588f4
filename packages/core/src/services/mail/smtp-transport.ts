import type { MailDefaults } from 'nodemailer'
import { describeFailure } from './describe-failure.ts'
import type { ComposedMail } from './sealed-mail.ts'
import { PermanentRefusal, type Transport } from './transport.ts'

const CONNECT_TIMEOUT_MILLISECONDS = 10_000
const SILENCE_TIMEOUT_MILLISECONDS = 30_000
/** Shorter than servers keep an idle client, so that a mail seldom meets a connection being closed. */
const IDLE_TIMEOUT_MILLISECONDS = 15_000
const MAX_CONNECTIONS = 5
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
/** The commands whose refusal is about this mail, not about how the server is set up. */
const MAIL_COMMANDS = new Set(['RCPT TO', 'DATA'])

/**
 * Sends over a pooled SMTP connection.
 *
 * Credentials travel encrypted: `smtps://` from the start, `smtp://` by STARTTLS, which is then required unless
 * the server is on this machine.
 *
 * @param url - `smtp://user:password@host:587` or `smtps://…`; user and password percent-encoded
 * @param from - `Latchkey <no-reply@example.com>`
 */
export async function createSmtpTransport(url: string, from: string): Promise<Transport> {
  const { createTransport } = await import('nodemailer')
  const server = parseSmtpUrl(url)
  const smtp = createTransport({
    ...server,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    // A connection lost after the message may have delivered it: the queue decides about another attempt.
    maxRequeues: 0,
    idleTimeout: IDLE_TIMEOUT_MILLISECONDS,
    connectionTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    greetingTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    dnsTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    socketTimeout: SILENCE_TIMEOUT_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    deliver: (mail, signal) =>
      smtp.sendMail({ ...toMessage(mail, from), signal }).then(undefined, (error: unknown) => {
        throw isPermanent(error) ? new PermanentRefusal(describeFailure(error), { cause: error }) : error
      }),
    close: () => smtp.close(),
  }
}

function toMessage(mail: ComposedMail, from: string): MailDefaults {
  const domain = /@([^\s@>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return {
    from,
    // As an object: a string would be parsed, and an address could then name several recipients.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: new Date(mail.date),
    messageId: `<${mail.id}@${domain}>`,
    // RFC 3834: keeps holiday answers away.
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** @throws when the text is no SMTP address, without repeating the password in it */
export function parseSmtpUrl(text: string) {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) {
    throw new Error('SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host.')
  }
  const secure = url.protocol === 'smtps:'
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && auth !== undefined && !LOOPBACK.test(url.hostname),
    ...(auth && { auth }),
  }
}

function isPermanent(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500 && MAIL_COMMANDS.has(String(command))
}
