import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { SMTPConnectionOptions, SMTPEnvelope } from 'nodemailer/lib/smtp-connection'

/** One connection to an SMTP server, step by step, with a record of its lines. */
export interface SmtpSession {
  /** Connects, and encrypts the connection as the options say. */
  connect(): Promise<void>
  offersAuth(): boolean
  login(auth: { user: string; pass: string }): Promise<void>
  /** Returns the words with which the server accepted the mail. */
  send(mail: { envelope: SMTPEnvelope; message: Buffer }): Promise<string>
  remoteAddress(): string
  /** The encrypted socket; null while the connection is in the clear. */
  tls(): TLSSocket | null
  /** The lines of both sides. What is sent while signing in is left out. */
  conversation: string[]
  close(): void
}

type Done<T> = (error?: Error | null, value?: T) => void

/** Opens a session over nodemailer's connection. Nothing is sent before {@link SmtpSession.connect}. */
export async function openSession(options: SMTPConnectionOptions): Promise<SmtpSession> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const { conversation, logger } = createRecorder()
  const connection = new SMTPConnection({ ...options, logger, transactionLog: true })
  // An error also ends the step that waits. After the last step no step waits for it.
  connection.on('error', () => {})
  const step = <T>(start: (done: Done<T>) => void): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      connection.once('error', reject)
      start((error, value) => (error ? reject(error) : resolve(value)))
    })
  const socket = () => (connection._socket || null) as Socket | null
  return {
    connect: async () => void (await step<void>((done) => connection.connect(done))),
    offersAuth: () => connection.allowsAuth,
    login: async ({ user, pass }) =>
      void (await step<boolean>((done) =>
        connection.login({ user, pass, credentials: { user, pass } }, done),
      )),
    async send({ envelope, message }) {
      const info = await step<{ response: string }>((done) => connection.send(envelope, message, done))
      return info?.response ?? ''
    },
    remoteAddress: () => `${socket()?.remoteAddress} port ${socket()?.remotePort}`,
    tls() {
      const current = socket()
      return current instanceof TLSSocket ? current : null
    },
    conversation,
    close() {
      connection.quit()
      connection.close()
    },
  }
}

interface Entry {
  tnx?: string
}

/** Records the lines of both sides. A password, its encodings and the challenges it answers never get into the record. */
function createRecorder() {
  const conversation: string[] = []
  let signingIn = false
  function note({ tnx }: Entry, words: string): void {
    if (tnx === 'client') {
      const method = /^AUTH \S+/.exec(words)?.[0]
      if (method) conversation.push(`> ${method} (…)`)
      else conversation.push(signingIn ? '> (…)' : `> ${words}`)
      signingIn ||= method !== undefined
    } else if (tnx === 'server') {
      signingIn &&= words.startsWith('334')
      conversation.push(...(signingIn ? ['< 334 (…)'] : words.split(/\r?\n/).map((line) => `< ${line}`)))
    }
  }
  const ignore = () => {}
  return {
    conversation,
    logger: { trace: ignore, debug: note, info: ignore, warn: ignore, error: ignore, fatal: ignore },
  }
}
