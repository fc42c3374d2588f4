import {
  listTotpCodes,
  newEmail,
  PASSWORD,
  type Person,
  readPage,
  signUp,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { cookieOf } from '../mail/mail-server.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { type Exchange, WHERE_DISABLED, WHERE_OPTIONAL, WHERE_REQUIRED } from './original-answers.ts'

const COOKIES = { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } } as const

/** What our answers tell besides those of the original. */
const BESIDES = new Set(['code', 'expires_in', 'left', 'methods', 'passkey_options', 'max_age', 'acr_values'])

const SHAPES: Record<string, unknown> = {
  '{text}': expect.any(String),
  '{secret}': expect.stringMatching(/^[A-Z2-7]{32}$/),
  '{uri}': expect.stringMatching(/^otpauth:\/\/totp\/.+secret=/),
  '{svg}': expect.stringMatching(/^<svg/),
  '{codes}': Array.from({ length: 10 }, () => expect.stringMatching(/^(?:[0-9a-z]{4}-){5}[0-9a-z]{4}$/)),
  '{id}': expect.any(String),
  '{time}': expect.stringMatching(/^\d{4}-.+Z$/),
  '{challenge}': expect.stringMatching(/^[\w-]{43}$/),
  '{setup}': expect.stringMatching(/^[\w-]{43}$/),
}

/** Replaces the words in braces, at every depth. */
function fill(value: unknown, find: (word: string) => unknown): unknown {
  if (typeof value === 'string' && /^\{\w+\}$/.test(value)) return find(value)
  if (Array.isArray(value)) return value.map((part) => fill(part, find))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fill(part, find)]))
}

/** Leaves out what we tell besides, where the expected answer does not have it. */
function leaveOut(told: unknown, expected: unknown): unknown {
  if (Array.isArray(told))
    return told.map((part, at) => leaveOut(part, (expected as unknown[] | undefined)?.[at]))
  if (typeof told !== 'object' || told === null) return told
  const known = Object.keys((expected ?? {}) as object)
  return Object.fromEntries(
    Object.entries(told).filter(([name]) => known.includes(name) || !BESIDES.has(name)),
  )
}

/** One user of a server, and what it knows. */
class Run {
  private readonly server: TestServer
  private token: string
  private readonly cookie: string
  readonly person: Person
  private known: { secret?: string; codes?: string[]; challenge?: string; setup?: string; last?: string } = {}

  constructor(server: TestServer, person: Person) {
    this.server = server
    this.person = person
    this.token = person.tokens.access
    this.cookie = `refresh_token=${person.tokens.refresh}`
  }

  async play(exchange: Exchange): Promise<void> {
    await this.prepare(exchange)
    this.waitUntilWrong((exchange.body as { code?: unknown } | undefined)?.code)
    const [method, path] = exchange.send.split(' ') as [string, string]
    const json = fill(exchange.body, (word) => this.valueOf(word))
    const answer = await call(this.server.url + path, {
      method,
      json,
      headers: this.headersOf(exchange, path),
    })
    const expected = exchange.ours ?? exchange
    const shape = fill(expected.answer, (word) => SHAPES[word])
    expect(answer.status, `${exchange.name}: ${answer.text}`).toBe(expected.status)
    expect(leaveOut(answer.body, expected.answer), exchange.name).toEqual(shape)
    this.learn(answer)
  }

  /** A code of the original that was wrong there is right here now and then. The clock then goes on until it is wrong. */
  private waitUntilWrong(code: unknown): void {
    const { secret } = this.known
    if (secret === undefined || typeof code !== 'string' || !/^\d{6}$/.test(code)) return
    while (listTotpCodes(secret, this.server.clock).includes(code)) this.server.clock.seconds += 30
  }

  private headersOf({ as }: Exchange, path: string): Record<string, string> {
    if (as) return { authorization: `Bearer ${as === 'caller' ? this.token : 'a.b.c'}` }
    return path === '/refresh/' ? { cookie: this.cookie } : {}
  }

  private async prepare({ before }: Exchange): Promise<void> {
    const { server, person } = this
    if (!before) return
    if (before === 'step-up') {
      const json = { code: this.valueOf('{code}') }
      const answer = await call(`${server.url}/reauthenticate/`, { json, token: this.token })
      expect(answer.status, answer.text).toBe(200)
      this.token = (answer.body as { access: string }).access
      return
    }
    server.clock.seconds += { 'sign-in': 0, later: 30, 'window over': 901 }[before]
    const { email, password } = person
    this.learn(await call(`${server.url}/login/`, { json: { email, password } }))
  }

  /** A value of the run. A code is remembered as the last one. */
  private valueOf(word: string): unknown {
    const { secret = '', codes = [], ...known } = this.known
    const { clock } = this.server
    const values: Record<string, () => unknown> = {
      '{email}': () => this.person.email,
      '{password}': () => this.person.password,
      '{new}': newEmail,
      '{challenge}': () => known.challenge,
      '{setup}': () => known.setup,
      '{last}': () => known.last,
      '{code}': () => totpCode(secret, clock),
      '{former}': () => totpCode(secret, clock, -1),
      '{next}': () => totpCode(secret, clock, 1),
      '{spent}': () => codes[0],
      '{CAPITALS}': () => codes[1]?.toUpperCase(),
      '{other}': () => codes[2],
    }
    const value = values[word]?.()
    if (value === undefined) throw new Error(`${word} is not known.`)
    if (word === '{code}') this.known.last = String(value)
    return value
  }

  private learn(answer: Answer): void {
    const told = (answer.body ?? {}) as Record<string, unknown>
    if (typeof told.secret === 'string') this.known.secret = told.secret
    if (Array.isArray(told.recovery_codes)) this.known.codes = told.recovery_codes
    if (typeof told.challenge_id === 'string') this.known.challenge = told.challenge_id
    if (typeof told.setup_challenge_id === 'string') this.known.setup = told.setup_challenge_id
    if (answer.status >= 300 || typeof told.access !== 'string') return
    // In cookie mode whatever gives tokens sets the cookie.
    expect(cookieOf(answer)).toMatch(/^refresh_token=[\w.-]+$/)
    if (told.recovery_codes) this.token = told.access
  }
}

const servers: TestServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
})

async function start(settings: object): Promise<TestServer> {
  const server = await startTestServer({ settings: { ...COOKIES, ...settings } as never, mail: true })
  servers.push(server)
  return server
}

async function createPerson({ ctx, database }: TestServer): Promise<Person> {
  const person = await signUp(withConfig(ctx, { emailVerification: 'none', mfaMode: 'optional' }))
  await database.sql`update users set email_verified = true where id = ${person.userId}`
  return person
}

describe("the original's answers", () => {
  it.each([
    ['disabled', { mfaMode: 'disabled' }, WHERE_DISABLED],
    ['optional', { mfaMode: 'optional' }, WHERE_OPTIONAL],
    ['required', { mfaMode: 'required', emailVerification: 'mandatory' }, WHERE_REQUIRED],
  ] as const)(
    'are ours, but for the named differences, where second factors are %s',
    async (_, settings, all) => {
      const server = await start(settings)
      const run = new Run(server, await createPerson(server))
      expect(run.person.password).toBe(PASSWORD)
      for (const exchange of all) await run.play(exchange)
    },
  )

  it('that we differ from are named in the contract', () => {
    const page = readPage('docs/contract.md').split('## Where it differs from the original')[1] ?? ''
    const words: Record<NonNullable<Exchange['ours']>['why'], string> = {
      'no input gives a 500': 'No input gives a 500',
      'a wrong method is told before the caller': 'A wrong method is 405',
      'a number is no code': 'A number is no code',
      'the code of the activation does not work again': 'The code of the activation does not work again',
      'the code of the next step works': 'A code of the next step of 30 seconds works',
      'a lock refuses codes alone, at the code': 'Too many wrong codes lock codes alone',
      'removal needs a recent proof': 'Setting up and removing a factor needs a recent proof',
      'verify ignores a broken header': 'ignores an `Authorization` header, even a broken one',
      'with mandatory verification the sign-up has no set-up':
        'With mandatory verification there is no set-up challenge at the sign-up',
    }
    expect(Object.values(words).filter((sentence) => !page.replaceAll('\n', ' ').includes(sentence))).toEqual(
      [],
    )
  })
})
