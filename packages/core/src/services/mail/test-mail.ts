import type { TLSSocket } from 'node:tls'
import { adviseOn, type MailTestStep } from './advise-on-failure.ts'
import { composeTestMail } from './compose-test-mail.ts'
import { describeFailure } from './describe-failure.ts'
import { readSender } from './sender.ts'
import { createMask, isTlsFailure } from './smtp-failure.ts'
import { createSmtpOptions, describeHello } from './smtp-options.ts'
import { openSession, type SmtpSession } from './smtp-session.ts'
import { readSmtpUrl, type SmtpServer } from './smtp-url.ts'

/** What came of one connection to the SMTP server. */
export interface MailTestAttempt {
  /** What each step came to, in order, up to the one that failed. */
  steps: { step: MailTestStep; outcome: string }[]
  failure: { step: MailTestStep; reason: string; advice: string } | null
  /** The lines of both sides without credentials: `> EHLO auth.example.com`, `< 250 OK`. */
  conversation: string[]
}

/** What came of a test mail. */
export interface MailTest {
  /** The host and port of `SMTP_URL`. */
  server: string
  /** The name after EHLO. */
  helloName: string
  from: string
  sent: boolean
  /** One attempt, or two when the first failed in a TLS handshake that was not required. */
  attempts: MailTestAttempt[]
}

/** What {@link sendTestMail} needs. */
export interface MailTestOptions {
  smtpUrl: string
  /** `Latchkey <no-reply@example.com>`. */
  from: string
  /** The shown name of the sender, if `from` has none. */
  name?: string
  publicUrl: string
  /** One address. With null nothing is sent: the report ends with the sign-in. */
  to: string | null
}

/**
 * Sends one mail at once, without the queue, and tells what each step came to.
 *
 * It connects as the workers of the queue do, with the same options. A failed step is part of the report.
 *
 * @throws {MailSettingMistake} when the URL or the sender cannot be used
 */
export async function sendTestMail(options: MailTestOptions): Promise<MailTest> {
  const server = readSmtpUrl(options.smtpUrl)
  const attempts = [await attempt(server, options)]
  const [first] = attempts
  const isHandshake = first?.error !== null && isTlsFailure(first?.error)
  if (isHandshake && server.encryption === 'opportunistic') {
    attempts.push(await attempt({ ...server, encryption: 'none' }, options))
  }
  return {
    server: `${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`,
    helloName: server.helloName ?? describeHello(options.publicUrl),
    from: readSender(options.from).address,
    sent: options.to !== null && attempts.at(-1)?.failure === null,
    attempts: attempts.map(({ error, ...told }) => told),
  }
}

async function attempt(
  server: SmtpServer,
  options: MailTestOptions,
): Promise<MailTestAttempt & { error: unknown }> {
  const mask = createMask(server.auth)
  const session = await openSession(createSmtpOptions(server, options.publicUrl))
  const steps: MailTestAttempt['steps'] = []
  const note = (step: MailTestStep, outcome: string) => void steps.push({ step, outcome: mask(outcome) })
  try {
    await run(server, options, { session, note })
    return { steps, failure: null, error: null, conversation: session.conversation.map(mask) }
  } catch (error) {
    const { step, advice } = adviseOn(error, server)
    const failure = { step, reason: mask(describeFailure(error)), advice }
    return { steps, failure, error, conversation: session.conversation.map(mask) }
  } finally {
    session.close()
  }
}

async function run(
  server: SmtpServer,
  options: MailTestOptions,
  { session, note }: { session: SmtpSession; note(step: MailTestStep, outcome: string): void },
): Promise<void> {
  await session.connect()
  note('connect', `to ${session.remoteAddress()}`)
  note('encrypt', describeEncryption(server, session.tls()))
  if (server.auth && session.offersAuth()) await session.login(server.auth)
  note('sign in', describeLogin(server, session.offersAuth()))
  if (options.to !== null)
    note('send', await session.send(await composeTestMail({ ...options, to: options.to })))
}

function describeEncryption({ encryption }: SmtpServer, socket: TLSSocket | null): string {
  if (!socket)
    return encryption === 'none' ? 'no: the connection is in the clear' : 'no: the server offers no STARTTLS'
  const certificate = socket.authorized
    ? 'the certificate is valid'
    : `the certificate was not checked, because SMTP_URL does not require TLS (${socket.authorizationError})`
  return `${socket.getProtocol()}, ${certificate}`
}

function describeLogin({ auth }: SmtpServer, offered: boolean): string {
  if (!auth) return 'no: SMTP_URL has no user'
  return offered
    ? `as ${auth.user}`
    : 'no: the server offers no sign-in, and the user of SMTP_URL is not used'
}
