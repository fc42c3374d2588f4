import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import {
  logIn,
  NEW_PASSWORD,
  PASSWORD,
  type Person,
  signUp,
  startTestRedis,
  type TestRedis,
} from '@latchkey/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import type { TestServer } from '../test-server.ts'
import { callWell, flood, HOME, promote, protecting } from './thief.ts'
import { from, perHour, startThrottledServer } from './throttled-server.ts'

let server: TestServer
let redis: TestRedis | undefined
afterEach(async () => {
  await server.close()
  await redis?.kill()
  redis = undefined
})

const LIMIT = 2
const ELSEWHERE = from('203.0.113.66')

/** The tokens that a thief may hold beside an owner. */
const TOKENS = {
  'the stolen session of the owner': async (owner: Person) => owner.tokens.access,
  'the dead token of an ended session': async ({ email }: Person) => {
    const tokens = await signIn(email)
    await call(`${server.url}/logout/`, { json: { refresh: tokens.refresh }, token: tokens.access, ...HOME })
    return tokens.access
  },
}

async function signIn(email: string): Promise<Person['tokens']> {
  const { body } = await call(`${server.url}/login/`, { json: { email, password: PASSWORD }, ...HOME })
  return body as Person['tokens']
}

async function start(store: 'memory' | 'postgres' | 'redis' = 'memory'): Promise<Person> {
  redis = store === 'redis' ? await startTestRedis() : undefined
  const limits = { user: perHour(LIMIT), refresh: perHour(LIMIT) }
  server = await startThrottledServer(limits, { store: { store, redisUrl: redis?.url ?? null } })
  const owner = await signUp(server.ctx)
  await promote(server, owner, await signUp(server.ctx))
  return { ...owner, tokens: await signIn(owner.email) }
}

describe.each([
  ['the stolen session of the owner', 'another network', 'memory', ELSEWHERE, [200, 200, 429]],
  ['the stolen session of the owner', 'the same network', 'memory', HOME, [429, 429, 429]],
  ['the stolen session of the owner', 'the same network', 'postgres', HOME, [429, 429, 429]],
  ['the stolen session of the owner', 'the same network', 'redis', HOME, [429, 429, 429]],
  ['the dead token of an ended session', 'another network', 'memory', ELSEWHERE, [200, 200, 429]],
  ['the dead token of an ended session', 'the same network', 'memory', HOME, [200, 200, 429]],
] as const)('beside a thief with %s in %s, counted in %s,', (held, _where, store, client, others) => {
  it('the owner calls every operation that ends or protects, through both doors', async () => {
    const owner = await start(store)
    await flood(server, { token: await TOKENS[held](owner), client, calls: LIMIT })
    for (const door of ['rest', 'trpc'] as const) {
      for (const endpoint of protecting()) {
        const { status, text } = await callWell(server, { endpoint, owner, door })
        expect(status, `${door} ${endpoint.procedurePath}: ${text}`).toBeLessThan(400)
      }
    }
    const read = () => call(`${server.url}/user/`, { token: owner.tokens.access, ...HOME })
    const statuses = [await read(), await read(), await read()].map(({ status }) => status)
    expect(statuses).toEqual(others)
  })
})

describe('in the same session and network, a thief', () => {
  const post = (path: string, json: unknown, token: string) =>
    call(server.url + path, { json, token, ...HOME })

  it('that fails at every protecting operation leaves the owner the end of all sessions', async () => {
    const { tokens } = await start()
    const guesses = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD, old_password: 'wrong' }
    for (let i = 0; i < LIMIT + 1; i++) {
      await post('/logout/', { refresh: 'a.b.c' }, tokens.access)
      await post('/logout-all/', [], tokens.access)
      await post('/password/change/', guesses, tokens.access)
      await post('/user/delete/', { password: 'wrong' }, tokens.access)
      const path = `/sessions/${crypto.randomUUID()}/`
      await call(server.url + path, { method: 'DELETE', token: tokens.access, ...HOME })
    }
    expect((await post('/user/delete/', { password: 'wrong' }, tokens.access)).status).toBe(429)
    expect((await post('/logout-all/', {}, tokens.access)).status).toBe(200)
  })

  it('that signs out with bad refresh tokens does not keep the owner from signing out', async () => {
    const owner = await start()
    const former = await signIn(owner.email)
    await post('/logout/', { refresh: former.refresh }, former.access)
    const foreign = (await signUp(server.ctx)).tokens
    for (let i = 0; i < LIMIT + 1; i++) {
      await post('/logout/', { refresh: 'a.b.c' }, owner.tokens.access)
      await post('/logout/', { refresh: former.refresh }, owner.tokens.access)
      await post('/logout/', { refresh: owner.tokens.refresh }, foreign.access)
    }
    expect((await post('/logout/', { refresh: 'a.b.c' }, owner.tokens.access)).status).toBe(429)
    expect((await post('/logout/', { refresh: owner.tokens.refresh }, owner.tokens.access)).status).toBe(200)
  })

  it('that repeats an older, expired token leaves the owner the answer that tells a client to refresh', async () => {
    const { tokens } = await start()
    server.clock.seconds += 1200
    const { body } = await call(`${server.url}/refresh/`, { json: { refresh: tokens.refresh }, ...HOME })
    server.clock.seconds += 3600
    const read = (token: string) => call(`${server.url}/user/`, { token, ...HOME })
    for (let i = 0; i < LIMIT + 1; i++) await read(tokens.access)
    expect((await read(tokens.access)).status).toBe(429)
    const answer = await read((body as Person['tokens']).access)
    expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('Token is expired')])
  })

  it('that guesses the password elsewhere leaves the owner the change of password', async () => {
    server = await startThrottledServer({ login: perHour(LIMIT) })
    const { tokens } = await signUp(server.ctx)
    const guess = () => post('/user/delete/', { password: 'wrong' }, tokens.access)
    for (let i = 0; i < LIMIT; i++) expect((await guess()).status).toBe(400)
    expect((await guess()).status).toBe(429)
    const json = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
    expect((await post('/password/change/', json, tokens.access)).status).toBe(200)
  })
})

describe('a refresh token', () => {
  const refresh = (token: string, client: typeof HOME) =>
    call(`${server.url}/refresh/`, { json: { refresh: token }, ...client })

  it('that a thief repeats in the grace from another network does not stop the refreshes of the owner', async () => {
    const { tokens } = await start()
    for (let i = 0; i < LIMIT + 2; i++) await refresh(tokens.refresh, ELSEWHERE)
    expect((await refresh(tokens.refresh, ELSEWHERE)).status).toBe(429)
    expect((await refresh(tokens.refresh, HOME)).status).toBe(200)
  })

  it('that has expired, repeated by a thief, does not stop the refreshes of the owner', async () => {
    const { tokens } = await start()
    server.clock.seconds += 13 * 86_400
    const { body } = await refresh(tokens.refresh, HOME)
    server.clock.seconds += 2 * 86_400
    for (let i = 0; i <= LIMIT; i++) expect((await refresh(tokens.refresh, HOME)).status).toBe(401)
    expect((await refresh((body as Person['tokens']).refresh, HOME)).status).toBe(200)
  })
})

describe('without an access token', () => {
  it('a dead cookie that signs out again and again does not keep the owner from signing out', async () => {
    const refreshCookie = { secure: false, sameSite: 'Lax', path: '/' } as const
    server = await startThrottledServer({ user: perHour(LIMIT) }, { app: { refreshCookie } })
    const { email, tokens } = await signUp(server.ctx)
    const dead = await logIn(server.ctx, { email, password: PASSWORD })
    const signOut = ({ refresh }: { refresh: string }, client: typeof HOME) => {
      const headers = { ...client.headers, cookie: `refresh_token=${refresh}` }
      return call(`${server.url}/logout/`, { method: 'POST', headers })
    }
    expect((await signOut(dead, ELSEWHERE)).status).toBe(200)
    for (const client of [ELSEWHERE, HOME]) {
      for (let i = 0; i < LIMIT + 1; i++) await signOut(dead, client)
      expect((await signOut(dead, client)).status).toBe(429)
    }
    expect((await signOut(tokens, HOME)).status).toBe(200)
  })

  it('strangers in the same network do not keep the owner from setting a new password by a link', async () => {
    server = await startThrottledServer({ anon: perHour(LIMIT) })
    const { email } = await signUp(server.ctx)
    const links: string[] = []
    const queue: TestServer['ctx']['outbox']['queue'] = async (_, mail) => {
      if ('link' in mail.variables) links.push(mail.variables.link)
    }
    await requestPasswordReset({ ...server.ctx, outbox: { ...server.ctx.outbox, queue } }, { email })
    const guess = () => call(`${server.url}/login/`, { json: { email, password: 'wrong' }, ...HOME })
    for (let i = 0; i < LIMIT; i++) await guess()
    expect((await guess()).status).toBe(429)
    const token = links[0]?.split('/').at(-2)
    const json = { token, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
    expect((await call(`${server.url}/password/reset/set-new/`, { json, ...HOME })).status).toBe(200)
  })
})
