import {
  describeOldClaims,
  type MovedPerson,
  moveIn,
  OLD_TOKENS,
  readClaims,
  signDjangoToken,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from './call.ts'
import { JSON_CALLER, operationsOf, pathOf } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const GUARDED = operationsOf('authenticated', 'setup', 'staff', 'superuser')
const COOKIES = { app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } as const } }

const messageOf = (answer: Answer) => {
  const { error, messages } = answer.body as {
    error?: { data: { messages?: { message: string }[] } }
    messages?: { message: string }[]
  }
  return (error?.data.messages ?? messages)?.[0]?.message
}

/** The code of a refusal and its sentence, in one shape for both doors. */
function readRefusal({ status, body }: Answer) {
  const { error, detail, code } = body as {
    error?: { message: string; data: { code: string } }
    detail?: string
    code?: string
  }
  return { status, code: error?.data.code ?? code, detail: error?.message ?? detail }
}

interface Sent {
  json?: object
  token?: string
  headers?: Record<string, string>
}

const DOORS: [string, (server: TestServer, name: 'refresh' | 'logout', sent: Sent) => Promise<Answer>][] = [
  ['REST', (server, name, sent) => call(`${server.url}/${name}/`, { method: 'POST', ...sent })],
  [
    'tRPC',
    (server, name, { json, token, headers }) =>
      callTrpc(
        server.url,
        { path: `auth.${name}`, type: 'mutation' },
        { ...(json && { input: json }), ...(token !== undefined && { token }), ...(headers && { headers }) },
      ),
  ],
]

const resultOf = ({ body }: Answer) =>
  ((body as { result?: { data: unknown } }).result?.data ?? body) as { access: string; refresh?: string }

describe('with the tokens in the body', () => {
  let server: TestServer
  let person: MovedPerson
  beforeAll(async () => {
    server = await startTestServer({ core: { oldTokens: OLD_TOKENS } })
  })
  beforeEach(async () => {
    server.clock.seconds = 0
    person = await moveIn(server)
  })
  afterAll(() => server.close())

  describe.each(GUARDED)('%s refuses through both doors', (_name, endpoint) => {
    const callBoth = async (token: string): Promise<Answer[]> => {
      const headers = { authorization: `Bearer ${token}` }
      return [
        await call(server.url + pathOf(endpoint), {
          method: endpoint.method,
          headers: { ...JSON_CALLER, ...headers },
        }),
        await callTrpc(
          server.url,
          { path: endpoint.procedurePath, type: endpoint.procedure._def.type },
          { headers },
        ),
      ]
    }

    it('an old access token as expired, a forged one as invalid, and an old refresh token as of the wrong type', async () => {
      const forged = signDjangoToken(describeOldClaims(person.old, 'access'), { secret: 'a guess' })
      for (const [token, message] of [
        [person.tokens.access, 'Token is expired'],
        [forged, 'Token is invalid'],
        [person.tokens.refresh, 'Token has wrong type'],
      ] as const) {
        for (const answer of await callBoth(token)) {
          expect(answer.status).toBe(401)
          expect(messageOf(answer)).toBe(message)
        }
      }
    })
  })

  describe.each(DOORS)('over %s', (_door, send) => {
    it('an old pair is exchanged, and the new one is good everywhere', async () => {
      const answer = await send(server, 'refresh', { json: { refresh: person.tokens.refresh } })
      expect(answer.status).toBe(200)
      const { access, refresh } = resultOf(answer)
      expect(readClaims(String(refresh))).toMatchObject({ session: person.sessionId, generation: 1 })
      expect((await call(`${server.url}/user/`, { token: access })).status).toBe(200)
      const sessions = await call(`${server.url}/sessions/`, { token: access })
      expect(JSON.stringify(sessions.body)).toContain(person.sessionId)
      server.clock.seconds += 31
      expect((await send(server, 'refresh', { json: { refresh } })).status).toBe(200)
    })

    it.each([
      ['expired', 'Token is expired'],
      ['an access token', 'Token has wrong type'],
      ['badly signed', 'Token is invalid'],
      ['replayed', 'Token is invalid or expired'],
    ])('an old refresh token that is %s is refused as "%s"', async (fault, detail) => {
      const { old, tokens } = person
      const bad: Record<string, () => Promise<string> | string> = {
        expired: () => signDjangoToken(describeOldClaims(old, 'refresh', old.begun - 15 * 86_400)),
        'an access token': () => tokens.access,
        'badly signed': () => signDjangoToken(describeOldClaims(old, 'refresh'), { secret: 'a guess' }),
        replayed: async () => {
          await send(server, 'refresh', { json: { refresh: tokens.refresh } })
          server.clock.seconds += 31
          return tokens.refresh
        },
      }
      const refresh = await bad[fault]?.()
      const answer = await send(server, 'refresh', { json: { refresh } })
      expect(readRefusal(answer)).toEqual({ status: 401, code: 'token_not_valid', detail })
    })

    it('an old pair signs out, also after the end of its access token', async () => {
      server.clock.seconds += 86_400
      const { access, refresh } = person.tokens
      expect((await send(server, 'logout', { json: { refresh }, token: access })).status).toBe(200)
      expect(await server.database.sql`select 1 from sessions where id = ${person.sessionId}`).toHaveLength(0)
      expect(readRefusal(await send(server, 'refresh', { json: { refresh } }))).toMatchObject({ status: 401 })
    })
  })
})

describe('with the refresh token in a cookie', () => {
  let server: TestServer
  let person: MovedPerson
  beforeAll(async () => {
    server = await startTestServer({ core: { oldTokens: OLD_TOKENS }, ...COOKIES })
  })
  beforeEach(async () => {
    server.clock.seconds = 0
    person = await moveIn(server)
  })
  afterAll(() => server.close())

  const cookieOf = (...tokens: string[]) => ({
    headers: { cookie: tokens.map((token) => `refresh_token=${token}`).join('; ') },
  })
  const setBy = (answer: Answer) =>
    /^refresh_token=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''

  describe.each(DOORS)('over %s', (_door, send) => {
    it('the first answer puts a token of ours in the place of the old cookie', async () => {
      const answer = await send(server, 'refresh', cookieOf(person.tokens.refresh))
      expect(answer.status).toBe(200)
      expect(readClaims(setBy(answer))).toMatchObject({ session: person.sessionId, generation: 1 })
      expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/(;|$)/)
      expect(resultOf(answer)).not.toHaveProperty('refresh')
    })

    it('an old cookie that stayed beside the one of its session ends nothing, in any order', async () => {
      const old = person.tokens.refresh
      let renewed = setBy(await send(server, 'refresh', cookieOf(old)))
      for (const order of [(own: string) => [own, old], (own: string) => [old, own]]) {
        server.clock.seconds += 31
        const answer = await send(server, 'refresh', cookieOf(...order(renewed)))
        expect(answer.status).toBe(200)
        renewed = setBy(answer)
      }
    })

    it('of two old cookies of a session the later one is tried', async () => {
      const { old } = person
      const earlier = signDjangoToken(
        describeOldClaims({ ...old, jti: '0'.repeat(32) }, 'refresh', old.begun - 60),
      )
      for (const order of [
        [earlier, person.tokens.refresh],
        [person.tokens.refresh, earlier],
      ]) {
        expect((await send(server, 'refresh', cookieOf(...order))).status).toBe(200)
      }
    })

    it('the old cookie alone signs out', async () => {
      expect((await send(server, 'logout', cookieOf(person.tokens.refresh))).status).toBe(200)
      expect(await server.database.sql`select 1 from sessions where id = ${person.sessionId}`).toHaveLength(0)
    })
  })
})

describe('the start', () => {
  const EVENTS = ['import_open', 'old_tokens_refused', 'old_tokens_needless']
  const told = (server: TestServer) =>
    server.coreLogLines.map((line) => JSON.parse(line).event).filter((event) => EVENTS.includes(event))

  it('says that an import is open, that the settings are missing, or that nobody needs them', async () => {
    const first = await startTestServer({ core: { oldTokens: OLD_TOKENS } })
    expect(told(first)).toEqual([])
    const { database } = first
    const start = async (oldTokens: typeof OLD_TOKENS | null) => {
      const server = await startTestServer({ core: { oldTokens, database } })
      const events = told(server)
      await server.close()
      return events
    }
    await moveIn(first, { finish: false })
    await database.sql`insert into imports (id, source, kind, started_at, final)
      select ${crypto.randomUUID()}, source, 'django', now(), true from imported_sessions limit 1`
    expect(await start(OLD_TOKENS)).toEqual(['import_open'])
    const command = await startTestServer({ core: { oldTokens: null, database, tellsOldTokens: false } })
    expect(told(command)).toEqual([])
    await command.close()
    await database.sql`update imports set kind = 'file'`
    expect(await start(OLD_TOKENS)).toEqual([])
    await database.sql`update imports set kind = 'django', finished_at = now()`
    expect(await start(OLD_TOKENS)).toEqual([])
    expect(await start(null)).toEqual(['old_tokens_refused'])
    await database.sql`delete from imported_sessions`
    expect(await start(OLD_TOKENS)).toEqual(['old_tokens_needless'])
    expect(await start(null)).toEqual([])
    await database.sql`insert into imports (id, source, kind, started_at, final)
      values (${crypto.randomUUID()}, 'another', 'django', now(), true)`
    expect(await start(OLD_TOKENS)).toEqual(['import_open'])
    await first.close()
  })
})
