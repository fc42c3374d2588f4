import { createTestCore, logIn, readClaims, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { listSessions } from './list-sessions.ts'

const DAY = 86_400_000
const LIFETIME_DAYS = 20

let test: TestCore
beforeAll(async () => {
  test = await createTestCore({ config: { sessionLifetimeSeconds: (LIFETIME_DAYS * DAY) / 1000 } })
})
afterAll(() => test.close())

async function listOf(access: string) {
  return listSessions(test.ctx, { identity: await authenticate(test.ctx, access) })
}

describe('the list of sessions', () => {
  it('has the sessions of the caller, marks the current one, and starts with the one last seen', async () => {
    await signUp(test.ctx)
    const person = await signUp(test.ctx)
    const other = await logIn(test.contextOf({ ip: null, userAgent: null }), person)
    const second = readClaims(other.access).session
    expect((await listOf(person.tokens.access)).map(({ id, current }) => [id, current])).toEqual([
      [second, false],
      [person.sessionId, true],
    ])
    await refreshSession(test.ctx, person.tokens)
    expect((await listOf(other.access)).map(({ id, current }) => [id, current])).toEqual([
      [person.sessionId, false],
      [second, true],
    ])
  })

  it('has exactly the fields of the contract', async () => {
    const { tokens } = await signUp(test.ctx)
    const [session] = await listOf(tokens.access)
    expect(Object.keys(session ?? {}).sort()).toEqual(
      ['browser', 'createdAt', 'current', 'device', 'expiresAt', 'id', 'ip', 'lastSeenAt', 'os'].sort(),
    )
    expect(session).toMatchObject({ ip: '192.0.2.1', browser: 'test', os: null, device: null })
  })

  it('shows an expiry that each refresh moves, up to SESSION_LIFETIME', async () => {
    const person = await signUp(test.ctx)
    const [opened] = await listOf(person.tokens.access)
    const createdAt = opened?.createdAt.getTime() ?? 0
    expect((opened?.expiresAt.getTime() ?? 0) - createdAt).toBe(14 * DAY)
    expect(opened?.lastSeenAt).toEqual(opened?.createdAt)
    test.clock.seconds += (10 * DAY) / 1000
    const moved = test.contextOf({ ip: '198.51.100.9' })
    const tokens = await refreshSession(moved, person.tokens)
    const [refreshed] = await listOf(tokens.access)
    expect((refreshed?.expiresAt.getTime() ?? 0) - createdAt).toBe(LIFETIME_DAYS * DAY)
    expect(refreshed).toMatchObject({ id: opened?.id, createdAt: opened?.createdAt, ip: '198.51.100.9' })
    expect(refreshed?.lastSeenAt.getTime()).toBeGreaterThan(createdAt + 9 * DAY)
  })

  it('leaves out sessions that have expired', async () => {
    const person = await signUp(test.ctx)
    await logIn(test.ctx, person)
    await test.database.sql`update sessions set idle_expires_at = now() - interval '1 day'
      where user_id = ${person.userId} and id <> ${person.sessionId}`
    test.clock.seconds = 0
    expect((await listOf(person.tokens.access)).map(({ id }) => id)).toEqual([person.sessionId])
  })
})
