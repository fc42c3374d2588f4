import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A message an SMTP server accepted. */
export interface SinkMessage {
  from: string
  to: string[]
  /** Whether the connection was encrypted. */
  tls: boolean
  /** Who signed in, or null. */
  user: string | null
  /** By lower-case name, decoded. */
  headers: Record<string, string>
  text: string | null
  html: string | null
  /** What a strict parser finds wrong with the message. */
  defects: string[]
  /** The message as it was received, a character a byte. */
  raw: string
}

/** How an SMTP server of a test misbehaves. */
export interface SinkRules {
  /** Answers by recipient, such as `550 5.1.1 no such user`. */
  refuse?: Record<string, string>
  /** The answer to every message instead of accepting it. */
  data?: string
  /** Seconds before a message is answered. */
  delay?: number
  /** How many messages are accepted without the client being told. */
  drop?: number
}

/** How an SMTP server of a test is set up. */
export interface SinkOptions {
  /** A certain port, to come back on. */
  port?: number
  /** Passwords by user; with them nobody sends without signing in. */
  auth?: Record<string, string>
  /** PEM files; with them STARTTLS is offered. */
  certificate?: string
  key?: string
  /** Encrypted from the start. */
  secure?: boolean
}

/** A running SMTP server of another author than the client's. */
export interface SmtpSink {
  port: number
  /** In the order of their arrival. */
  messages: SinkMessage[]
  setRules(rules: SinkRules): Promise<void>
  /**
   * Waits until so many messages have arrived.
   *
   * @throws when they have not within the time
   */
  waitFor(count: number, timeoutMilliseconds?: number): Promise<SinkMessage[]>
  stop(): Promise<void>
}

const SCRIPT = fileURLToPath(new URL('smtp_sink.py', import.meta.url))
const POLL_MILLISECONDS = 10

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
 * Waits until something is so.
 *
 * @param what - what is waited for, in words
 * @throws when it is not so within the time
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMilliseconds = 10_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMilliseconds
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMilliseconds} ms for ${what}.`)
    await sleep(POLL_MILLISECONDS)
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
