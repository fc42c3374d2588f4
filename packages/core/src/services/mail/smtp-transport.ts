import type { MailDefaults } from 'nodemailer'
import { isKnownAddress, normalizeEmail } from '../../words/email.ts'
import { describeFailure } from './describe-failure.ts'
import type { ComposedMail } from './sealed-mail.ts'
import { readSender, type Sender } from './sender.ts'
import { hideCredentials, isTlsFailure, mentionEarlier } from './smtp-failure.ts'
import { createSmtpOptions } from './smtp-options.ts'
import { type Encryption, readSmtpUrl, type SmtpServer } from './smtp-url.ts'
import { AUTOMATIC_HEADERS, PermanentRefusal, type Transport } from './transport.ts'

/** Shorter than the idle limit of SMTP servers, so that few mails meet a connection that the server is closing. */
const IDLE_TIMEOUT_MILLISECONDS = 15_000
const MAX_CONNECTIONS = 5
/** The commands whose refusal concerns this mail and not the settings. */
const MAIL_COMMANDS = new Set(['RCPT TO', 'DATA'])

/** What an SMTP transport needs. */
export interface SmtpTransportOptions {
  /** `smtp://user:password@host:587` or `smtps://…`, see `readSmtpUrl`. */
  url: string
  /** `Latchkey <no-reply@example.com>`, see `readSender`. */
  from: string
  /** The shown name of the sender, if `from` has none. */
  name?: string
  /** The server calls itself by the host of this URL. */
  publicUrl: string
}

type Message = MailDefaults & { signal: AbortSignal }

/**
 * Creates a transport that sends over pooled SMTP connections.
 *
 * A mail that does not require TLS goes out in the clear when the handshake fails, as it does when the server offers
 * no STARTTLS (RFC 7435).
 *
 * @throws {MailSettingMistake} when the URL or the sender cannot be used
 */
export async function createSmtpTransport(options: SmtpTransportOptions): Promise<Transport> {
  const { createTransport } = await import('nodemailer')
  const server = readSmtpUrl(options.url)
  const sender = readSender(options.from, options.name)
  const open = (encryption: Encryption) =>
    createTransport({ ...createPoolOptions({ ...server, encryption }, options.publicUrl), pool: true })
  const first = open(server.encryption)
  let unencrypted: typeof first | null = null
  async function send(message: () => Message): Promise<void> {
    try {
      await first.sendMail(message())
    } catch (error) {
      if (server.encryption !== 'opportunistic' || !isTlsFailure(error)) throw error
      unencrypted ??= open('none')
      await unencrypted.sendMail(message()).catch((later: unknown) => {
        throw mentionEarlier(later, error)
      })
    }
  }
  return {
    deliver: async (mail, signal) => {
      const to = requireMailbox(mail.to)
      await send(() => ({ ...toMessage({ ...mail, to }, sender), signal })).catch((error: unknown) => {
        throw toFailure(hideCredentials(error, server.auth))
      })
    },
    close: () => {
      first.close()
      unencrypted?.close()
    },
  }
}

function createPoolOptions(server: SmtpServer, publicUrl: string) {
  return {
    ...createSmtpOptions(server, publicUrl),
    ...(server.auth && { auth: server.auth }),
    maxConnections: MAX_CONNECTIONS,
    // The server may have accepted a mail before its connection was lost. The queue decides about another attempt.
    maxRequeues: 0,
    idleTimeout: IDLE_TIMEOUT_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function toMessage(mail: ComposedMail, { name, address, domain }: Sender): MailDefaults {
  return {
    // An object is not parsed. A string is, and could then name several senders or recipients.
    from: { name, address },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: new Date(mail.date),
    messageId: `<${mail.id}@${domain}>`,
    headers: { ...AUTOMATIC_HEADERS, ...(mail.language && { 'Content-Language': mail.language }) },
  }
}

/** The library writes a blank for these in a quoted local part, and the mail would reach another mailbox. */
const REWRITTEN = /[<>]/

/**
 * A former release may have queued another spelling. The library would map its domain by rules of its own: it drops
 * invisible characters, and the mail would reach another mailbox.
 */
function requireMailbox(given: string): string {
  const address = normalizeEmail(given)
  if (isKnownAddress(address) && !REWRITTEN.test(address)) return address
  throw new PermanentRefusal('The address stands for no mailbox.')
}

function toFailure(error: unknown): unknown {
  return isPermanent(error) ? new PermanentRefusal(describeFailure(error), { cause: error }) : error
}

function isPermanent(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500 && MAIL_COMMANDS.has(String(command))
}
