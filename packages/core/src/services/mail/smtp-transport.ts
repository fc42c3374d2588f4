import type { MailDefaults } from 'nodemailer'
import { describeFailure } from './describe-failure.ts'
import type { ComposedMail } from './sealed-mail.ts'
import { PermanentRefusal, type Transport } from './transport.ts'

const CONNECT_TIMEOUT_MILLISECONDS = 10_000
const SILENCE_TIMEOUT_MILLISECONDS = 30_000
/** Shorter than the idle limit of SMTP servers, so that few mails meet a connection that the server is closing. */
const IDLE_TIMEOUT_MILLISECONDS = 15_000
const MAX_CONNECTIONS = 5
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
/** The commands whose refusal concerns this mail and not the settings. */
const MAIL_COMMANDS = new Set(['RCPT TO', 'DATA'])

/**
 * Creates a transport that sends over pooled SMTP connections.
 *
 * Credentials travel encrypted: `smtps://` uses TLS from the start, and `smtp://` requires STARTTLS when it has
 * credentials, except for a server on this machine.
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
    // The server may have accepted a mail before its connection was lost. The queue decides about another attempt.
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
    // An object is not parsed. A string is, and could then name several recipients.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: new Date(mail.date),
    messageId: `<${mail.id}@${domain}>`,
    // RFC 3834: mailboxes send no automatic reply, such as a holiday notice.
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** @throws when the text is not an SMTP URL; the message does not repeat the text, which may hold a password */
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
