import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A message that the SMTP server accepted. */
export interface SinkMessage {
  from: string
  to: string[]
  /** The name that the client gave after EHLO. */
  hello: string
  /** Whether the connection was encrypted. */
  tls: boolean
  /** The name of the signed-in client, or null. */
  user: string | null
  /** Decoded, by lower-case name. */
  headers: Record<string, string>
  text: string | null
  html: string | null
  /** The faults that a strict parser finds in the message. */
  defects: string[]
  /** The message as it was received, one character per byte. */
  raw: string
}

/** How the SMTP server of a test misbehaves. */
export interface SinkRules {
  /** Refusals by recipient, such as `550 5.1.1 no such user`. */
  refuse?: Record<string, string>
  /** The refusal of every message. */
  data?: string
  /** Seconds before the answer to a message. */
  delay?: number
  /** How many messages are accepted while the client gets no answer. */
  drop?: number
}

/** How the SMTP server of a test is set up. */
export interface SinkOptions {
  /** A fixed port, for a server that comes back. */
  port?: number
  /** Passwords by name. When they are set, a client must sign in before it sends. */
  auth?: Record<string, string>
  /** PEM files. When they are set, the server offers STARTTLS. */
  certificate?: string
  key?: string
  /** Whether connections are encrypted from the start. */
  secure?: boolean
  /** Whether the server speaks TLS 1.0 only, which no client of today takes. */
  oldTls?: boolean
  /** Whether the refusal of a password quotes it. */
  quotePasswords?: boolean
  /** Whether an EHLO with an address in brackets is answered with 421. */
  refuseLiterals?: boolean
}

/** A running SMTP server. Its author is another one than the client's. */
export interface SmtpSink {
  port: number
  /** The accepted messages, in the order of arrival. */
  messages: SinkMessage[]
  setRules(rules: SinkRules): Promise<void>
  /**
   * Waits until this number of messages has arrived.
   *
   * @throws when they do not arrive in time
   */
  waitFor(count: number, timeoutMilliseconds?: number): Promise<SinkMessage[]>
  stop(): Promise<void>
}

const SCRIPT = fileURLToPath(new URL('smtp_sink.py', import.meta.url))
const FIRST_PAUSE_MILLISECONDS = 5
/** A condition may cost processor time, which the waited-for work needs too. */
const LONGEST_PAUSE_MILLISECONDS = 50
/** Less than the time limit of a test, so that the error names what did not happen. A slow machine needs no more. */
const PATIENCE_MILLISECONDS = 150_000

/** Starts Python's aiosmtpd (Debian: `python3-aiosmtpd`) on a port of 127.0.0.1. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const child = spawn('/usr/bin/python3', ['-u', SCRIPT, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  const port = await readPort(child, lines)
  const { messages, acknowledged } = collect(lines)
  let told = 0
  return {
    port,
    messages,
    async setRules(rules) {
      const count = ++told
      child.stdin.write(`${JSON.stringify(rules)}\n`)
      await waitUntil(() => acknowledged() >= count, 'the rules to be taken')
    },
    async waitFor(count, timeoutMilliseconds) {
      await waitUntil(() => messages.length >= count, `${count} messages`, timeoutMilliseconds)
      return messages
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/**
 * Waits until a condition holds.
 *
 * @param what - the condition in words, for the error
 * @throws when the condition does not hold in time
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMilliseconds = PATIENCE_MILLISECONDS,
): Promise<void> {
  const deadline = Date.now() + timeoutMilliseconds
  let pause = FIRST_PAUSE_MILLISECONDS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMilliseconds} ms for ${what}.`)
    await sleep(pause)
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)
  }
}

async function readPort(child: ChildProcess, lines: Interface): Promise<number> {
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('The SMTP server did not start.'))),
  ])) as [string]
  return (JSON.parse(line) as { port: number }).port
}

function collect(lines: Interface): { messages: SinkMessage[]; acknowledged(): number } {
  const messages: SinkMessage[] = []
  let acknowledged = 0
  lines.on('line', (line) => {
    const said = JSON.parse(line) as SinkMessage | { rules: true }
    if ('rules' in said) acknowledged++
    else messages.push(said)
  })
  return { messages, acknowledged: () => acknowledged }
}
