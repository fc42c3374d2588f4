import { newEmail, type Person, readClaims, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { sendRaw } from '../send-raw.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { DOORS, type Reply, readReply } from './doors.ts'

const KEY = 'the-key-of-one-refresh'
const CALLER = 'https://app.example.com'

/** Loses the answer of a rotation that the database has done. */
let isLosing = false
/** The limits in which calls were counted. */
let counted: string[] = []
let server: TestServer
let person: Person
beforeAll(async () => {
  server = await startTestServer({
    app: { corsOrigins: [CALLER] },
    core: {
      watch: {
        note: () => {},
        step: async (_kind, name, work) => {
          const result = await work()
          if (isLosing && name() === 'update sessions')
            throw Object.assign(new Error('lost'), { code: 'ECONNRESET' })
          return result
        },
      },
    },
    replace: (core) => ({
      context: (client, log) => {
        const ctx = core.context(client, log)
        const count: typeof ctx.throttle.count = (...call) => {
          counted.push(JSON.stringify(call))
          return ctx.throttle.count(...call)
        }
        return { ...ctx, throttle: { ...ctx.throttle, count } }
      },
    }),
  })
})
beforeEach(async () => {
  isLosing = false
  server.clock.seconds = 0
  person = await signUp(server.ctx, newEmail())
  counted = []
})
afterAll(() => server.close())

describe.each(DOORS)('over %s a refresh', (_door, path) => {
  async function refresh(token: string, key?: string): Promise<Reply> {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
    return readReply(await call(server.url + path, { json: { refresh: token }, headers }))
  }

  const generationOf = ({ body }: Reply) => readClaims(String(body.refresh)).generation
  const findRow = async () =>
    (await server.database.sql`select * from sessions where id = ${person.sessionId}`)[0]

  it('with a key is answered again an hour later, with quotes or without', async () => {
    const forms = [KEY, `"${KEY}"`, KEY, `  "${KEY}"  `]
    for (const form of forms) {
      expect(generationOf(await refresh(person.tokens.refresh, form))).toBe(2)
      server.clock.seconds += 3600
    }
    expect(await findRow()).toMatchObject({ generation: 2 })
    expect((await refresh(person.tokens.refresh)).body.code).toBe('token_not_valid')
  })

  it.each([
    ['the shortest', 'x'.repeat(16)],
    ['the longest', 'x'.repeat(128)],
    ['every character', "!#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[]^_`abcxyz{|}~"],
    ['a UUID', crypto.randomUUID()],
    ['a UUID in quotes', `"${crypto.randomUUID()}"`],
  ])('takes a key of %s', async (_, key) => {
    expect(generationOf(await refresh(person.tokens.refresh, key))).toBe(2)
    server.clock.seconds += 3600
    expect(generationOf(await refresh(person.tokens.refresh, key))).toBe(2)
  })

  it.each([
    ['is empty', ''],
    ['is a pair of quotes', '""'],
    ['has 15 characters', 'x'.repeat(15)],
    ['has 15 characters in quotes', `"${'x'.repeat(15)}"`],
    ['has 129 characters', 'x'.repeat(129)],
    ['has over 256 bytes', 'x'.repeat(300)],
    ['has 10 kB', 'x'.repeat(10_000)],
    ['has a quote', `${KEY}"${KEY}`],
    ['has an open quote', `"${KEY}`],
    ['has a backslash', `${KEY}\\`],
    ['has an escaped quote', `"${KEY}\\"${KEY}"`],
    ['has a blank', 'the key of one refresh'],
    ['has a tab', `${KEY}\t${KEY}`],
    ['has a letter that is not ASCII', `${KEY}é`],
    ['has a parameter', `"${KEY}";a=1`],
    ['is two headers', `${KEY}, ${KEY}`],
    ['is two strings', `"${KEY}", "${KEY}"`],
  ])(
    'with a key that %s is refused, and nothing is looked up or counted against its session',
    async (_, key) => {
      await refresh(person.tokens.refresh, KEY)
      server.clock.seconds += 3600
      counted = []
      // The replaced token would end its session.
      const { status, body } = await refresh(person.tokens.refresh, key)
      expect([status, body.code]).toEqual([400, 'invalid_idempotency_key'])
      expect(await findRow()).toMatchObject({ generation: 2 })
      expect(counted.join()).not.toContain(person.sessionId)
    },
  )

  it('with the key and the token that it made is refused as 422', async () => {
    const current = String((await refresh(person.tokens.refresh, KEY)).body.refresh)
    const { status, body } = await refresh(current, KEY)
    expect([status, body.code]).toEqual([422, 'idempotency_key_reused'])
    expect(generationOf(await refresh(current))).toBe(2)
  })

  it('whose answer became a 503 after the work was done gets it by its key, days later', async () => {
    isLosing = true
    expect((await refresh(person.tokens.refresh, KEY)).status).toBe(503)
    isLosing = false
    expect(await findRow()).toMatchObject({ generation: 2 })
    server.clock.seconds += 3 * 86_400
    expect(generationOf(await refresh(person.tokens.refresh, KEY))).toBe(2)
  })

  it('with two headers of the name is refused', async () => {
    const body = JSON.stringify({ refresh: person.tokens.refresh })
    const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close']
    const fields = ['Content-Type: application/json', `Content-Length: ${body.length}`]
    const keys = [`Idempotency-Key: ${KEY}`, `Idempotency-Key: ${KEY}`]
    const bytes = `${[...head, ...fields, ...keys].join('\r\n')}\r\n\r\n${body}`
    const { status, body: refused } = readReply(await sendRaw(server.url, bytes))
    expect([status, refused.code]).toEqual([400, 'invalid_idempotency_key'])
  })

  it.each([
    ['NUL', `${KEY}\0`],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('with a key of %s reaches no operation, and its token still works', async (_, key) => {
    const bytes = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: ${key}\r\n\r\n`
    // The server may close the connection before it has read the whole head.
    const answer = await sendRaw(server.url, bytes).catch(() => null)
    if (answer) expect([400, 431]).toContain(answer.status)
    expect(counted.join()).not.toContain(person.sessionId)
    expect(generationOf(await refresh(person.tokens.refresh))).toBe(2)
  })
})

it('the calls of a batch share the key', async () => {
  const other = await signUp(server.ctx)
  const send = async () => {
    const answer = await call(`${server.url}/trpc/auth.refresh,auth.refresh?batch=1`, {
      json: { 0: { refresh: person.tokens.refresh }, 1: { refresh: other.tokens.refresh } },
      headers: { 'idempotency-key': KEY },
    })
    const parts = answer.body as { result: { data: { refresh: string } } }[]
    return parts.map(({ result }) => readClaims(result.data.refresh).generation)
  }
  expect(await send()).toEqual([2, 2])
  server.clock.seconds += 3600
  expect(await send()).toEqual([2, 2])
})

it('a page of another origin may send the header, also when its preflight names none', async () => {
  for (const asked of [{ 'access-control-request-headers': 'idempotency-key' }, {}]) {
    const { headers } = await call(`${server.url}/refresh/`, {
      method: 'OPTIONS',
      headers: { origin: CALLER, 'access-control-request-method': 'POST', ...asked } as Record<
        string,
        string
      >,
    })
    expect(headers.get('access-control-allow-headers')?.toLowerCase()).toContain('idempotency-key')
  }
})

it('other operations ignore the header', async () => {
  const headers = { 'idempotency-key': 'x' }
  const answer = await call(`${server.url}/login/`, {
    json: { email: person.email, password: person.password },
    headers,
  })
  expect(answer.status).toBe(200)
})
