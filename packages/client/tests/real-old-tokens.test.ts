import { describeOldClaims, type MovedPerson, moveIn, OLD_TOKENS, signDjangoToken } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createClient, memoryStorage, type SessionState } from '../src/index.ts'

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

/** The pair that an app of the old deployment holds: of release 1.5.1, or of 1.0.0 with its numbers. */
const PAIRS: Record<string, () => { access: string; refresh: string }> = {
  '1.5.1': () => person.tokens,
  '1.0.0': () => {
    const of = (kind: 'access' | 'refresh') => {
      const { session_iat: _, email_verified: __, ...claims } = describeOldClaims(person.old, kind)
      return signDjangoToken({ ...claims, user_id: Number(person.old.externalId) })
    }
    return { access: of('access'), refresh: of('refresh') }
  },
}

async function openClient(pair: { access: string; refresh: string }, sentAt: number) {
  const storage = memoryStorage()
  await storage.setItem('tokens', JSON.stringify({ ...pair, sentAt }))
  const client = createClient({ baseUrl: server.url, storage, storageKey: 'tokens' })
  const states: SessionState[] = []
  client.onChange((state) => states.push(state))
  return { client, storage, states }
}

describe.each(Object.keys(PAIRS))('a client that holds an old pair of release %s', (release) => {
  const pair = () => PAIRS[release]?.() ?? person.tokens

  test.each([
    ['whose access token is fresh', 0],
    ['whose access token has expired', 3_600_000],
  ])('goes on by itself, %s, and nobody is signed out', async (_, age) => {
    const { client, states } = await openClient(pair(), Date.now() - age)
    await client.session.ready()
    expect(await client.user.get()).toMatchObject({ email: person.email })
    expect(client.session.state).toMatchObject({
      ...{ status: 'signed_in', userId: person.userId, sessionId: person.sessionId },
    })
    expect(states.filter(({ status }) => status === 'signed_out')).toEqual([])
    server.clock.seconds += 31
    await client.session.refresh()
    expect((await client.sessions.list()).sessions).toMatchObject([{ id: person.sessionId, current: true }])
  })

  test('in two tabs goes on in both', async () => {
    const { client, storage } = await openClient(pair(), Date.now())
    const other = createClient({ baseUrl: server.url, storage, storageKey: 'tokens' })
    const users = await Promise.all([client.user.get(), other.user.get()])
    expect(users.map(({ email }) => email)).toEqual([person.email, person.email])
    expect(
      await server.database.sql`
      select 1 from audit_events where kind = 'session_moved_in' and user_id = ${person.userId}`,
    ).toHaveLength(1)
  })

  test('signs out before it has new tokens', async () => {
    const { client } = await openClient(pair(), Date.now())
    await client.logout()
    expect(client.session.state).toEqual({ status: 'signed_out', reason: 'signed_out' })
    expect(await server.database.sql`select 1 from sessions where id = ${person.sessionId}`).toHaveLength(0)
  })
})
