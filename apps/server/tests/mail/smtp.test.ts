import {
  createTestDatabase,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type SinkMessage,
  type SmtpSink,
  startSmtpSink,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type Run, runServer, waitForAddress } from '../run-server.ts'
import { cookieOf } from './mail-server.ts'

const PUBLIC_URL = 'https://auth.example.com'
const STARTED_AT = Date.now()

let database: TestDatabase
let sink: SmtpSink
const runs: Run[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  sink = await startSmtpSink()
})
afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.process.kill('SIGKILL')
    await run.exit
  }
})
afterAll(async () => {
  await sink.stop()
  await database.drop()
})

/** Starts a server process that sends to the SMTP server. */
async function start(env: Record<string, string> = {}): Promise<{ url: string; run: Run }> {
  const run = runServer({
    DATABASE_URL: database.url,
    PUBLIC_URL,
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    MAIL_FROM: 'Łatchkey <no-reply@auth.example.com>',
    EMAIL_VERIFICATION: 'mandatory',
    THROTTLE_ANON: 'off',
    PASSWORD_HASH_MEMORY_KIB: '8',
    PASSWORD_HASH_PASSES: '1',
    LOG_LEVEL: 'error',
    ...env,
  })
  runs.push(run)
  return { url: await waitForAddress(run), run }
}

function register(url: string, email = newEmail()) {
  const names = { first_name: 'Zoë <b>', last_name: 'Łukasz 李' }
  return call(`${url}/registration/`, { json: { email, password1: PASSWORD, password2: PASSWORD, ...names } })
}

const messagesTo = (email: string) => sink.messages.filter(({ to }) => to[0] === email)

async function nextMessage(email: string, subject: string): Promise<SinkMessage & { link: string }> {
  const find = () => messagesTo(email).find(({ headers }) => headers.subject?.startsWith(subject))
  await waitUntil(() => find() !== undefined, `${subject} to ${email}`)
  const message = find()
  if (!message) throw new Error('It was there a moment ago.')
  const [link = ''] = /https:\/\/\S+/.exec(message.text ?? '') ?? []
  return { ...message, link: link.slice(PUBLIC_URL.length) }
}

/** Checks what mail programs and their filters require. */
function expectSound(message: SinkMessage): void {
  expect(message.defects).toEqual([])
  expect(message.headers['message-id']).toMatch(/^<[^<>\s]+@auth\.example\.com>$/)
  const sentAt = Date.parse(message.headers.date ?? '')
  expect(sentAt).toBeGreaterThan(STARTED_AT - 1000)
  expect(sentAt).toBeLessThan(Date.now() + 1000)
  expect(message.headers.from).toBe('Łatchkey <no-reply@auth.example.com>')
  const text = readWords(message.text ?? '')
  const shown = (message.html ?? '')
    .replace(/<a\b[^>]*\bhref="([^"]*)"/g, ' $1 <a')
    .replace(/<(style|title|head)[\s\S]*?<\/\1>|<!--[\s\S]*?-->|<[^>]+>/g, ' ')
  const html = readWords(shown)
  for (const word of text) expect(html).toContain(word)
}

/** The words of a mail, without those that only one of the two parts can have. */
function readWords(text: string): Set<string> {
  const entities: Record<string, string> = {
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    '#39': "'",
    '#x2F': '/',
    '#x3D': '=',
  }
  const decoded = text.replace(/&(#?\w+);/g, (all, name: string) => entities[name] ?? all)
  return new Set(decoded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2))
}

it('every mail of a user’s life goes through a real SMTP server', async () => {
  const { url } = await start()
  const email = newEmail()
  expect((await register(url, email)).status).toBe(201)
  const confirmation = await nextMessage(email, 'Confirm your sign-up')
  expectSound(confirmation)
  expect(confirmation.html).not.toContain('<b>')
  expect((await call(url + confirmation.link)).status).toBe(302)
  expect((await call(`${url}/login/`, { json: { email, password: PASSWORD } })).status).toBe(200)
  await call(`${url}/password/reset/`, { json: { email } })
  const reset = await nextMessage(email, 'Set a new password')
  expectSound(reset)
  const cookie = cookieOf(await call(url + reset.link))
  const json = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  expect((await call(`${url}/password/reset/set-new/`, { json, headers: { cookie } })).status).toBe(200)
  expectSound(await nextMessage(email, 'The password of your account'))
  expect((await call(`${url}/login/`, { json: { email, password: NEW_PASSWORD } })).status).toBe(200)
})

it('a mail of a killed process arrives once, from the next process', async () => {
  const email = newEmail()
  // No SMTP server listens for this process. The answer is sent, and the mail waits.
  const first = await start({ SMTP_URL: 'smtp://127.0.0.1:1' })
  expect((await register(first.url, email)).status).toBe(201)
  // The tests of the outbox cover a kill in the middle of an attempt. That mail arrives later.
  const waiting = () => database.sql`select 1 from latchkey_mail.job where name = 'mail' and state = 'retry'`
  await waitUntil(async () => (await waiting()).length === 1, 'a failed attempt')
  first.run.process.kill('SIGKILL')
  await first.run.exit
  expect(messagesTo(email)).toEqual([])
  await start()
  await waitUntil(() => messagesTo(email).length > 0, 'the mail')
  await waitForEmptyOutbox()
  expect(messagesTo(email)).toHaveLength(1)
})

it('200 sign-ups in one burst through two processes send each mail exactly once', async () => {
  const [one, other] = [await start(), await start()]
  const emails = Array.from({ length: 200 }, () => newEmail())
  // Twenty at once: with more, a starved machine answers some with 503.
  for (let i = 0; i < emails.length; i += 20) {
    const wave = emails.slice(i, i + 20)
    const answers = await Promise.all(wave.map((email, j) => register(j % 2 ? one.url : other.url, email)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  }
  await waitUntil(() => emails.every((email) => messagesTo(email).length > 0), '200 mails')
  await waitForEmptyOutbox()
  for (const email of emails) expect(messagesTo(email)).toHaveLength(1)
})

it('answers do not wait for an SMTP server that is down or silent', async () => {
  // Twenty-five waits of ten seconds, the time limit of SMTP, would outlast the time limit of this test.
  const askOften = async (url: string) => {
    for (let i = 0; i < 25; i++) expect((await register(url)).status).toBe(201)
  }
  await sink.setRules({ delay: 60 })
  await askOften((await start()).url)
  await sink.setRules({})
  await askOften((await start({ SMTP_URL: 'smtp://127.0.0.1:1' })).url)
})

async function waitForEmptyOutbox(): Promise<void> {
  const open = () => database.sql`select 1 from latchkey_mail.job where name = 'mail' and state < 'completed'`
  await waitUntil(async () => (await open()).length === 0, 'every mail to be sent')
}
