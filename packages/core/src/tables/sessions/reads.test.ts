import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inSeconds, newEvent, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { isOfBoundSession } from './bound.ts'
import { findAuthenticated, findUsersWithMoreSessions, listLiveSessions } from './find.ts'
import { insertSession } from './open.ts'
import { insertSteppedUp } from './step-up.ts'

const BOUND = { jkt: 'thumbprint', bound_by: 'dpop' }
const EXPIRED = {
  'after the idle end': { idle_expires_at: inSeconds(-1) },
  'after the last end': { absolute_expires_at: inSeconds(-1) },
}

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

describe('isOfBoundSession', () => {
  interface Given {
    session?: object
    generation?: number
    isOfAnother?: true
    isUnknown?: true
  }

  /** Asks beside a live session of the user, and one of another user, that are bound. */
  async function ask({ session, generation = 3, isOfAnother, isUnknown }: Given): Promise<boolean> {
    const [own, other] = [await rows.addUser(), await rows.addUser()]
    const sessionId = await rows.addSession(own, { ...BOUND, generation: 3, ...session })
    await rows.addSession(own, { ...BOUND, generation: 3 })
    const named = { userId: isOfAnother ? other : own, sessionId: isUnknown ? newId<SessionId>() : sessionId }
    return isOfBoundSession(test.ctx.db, test.ctx.clock, { ...named, generation })
  }

  it.each([2, 3])('is true for a token of generation %i of 3', async (generation) => {
    expect(await ask({ generation })).toBe(true)
  })

  it.each(
    Object.entries<Given>({
      'of a newer generation': { generation: 4 },
      'of another user': { isOfAnother: true },
      'of an unknown session': { isUnknown: true },
      'of a session without a key': { session: { jkt: null, bound_by: null } },
      'after the idle end': { session: EXPIRED['after the idle end'] },
      'after the last end': { session: EXPIRED['after the last end'] },
    }),
  )('is false for a token %s', async (_, given) => {
    expect(await ask(given)).toBe(false)
  })
})

describe('the live sessions of a user', () => {
  it.each(Object.entries(EXPIRED))('are without one %s', async (_, expired) => {
    const [own, other] = [await rows.addUser(), await rows.addUser()]
    const live = await rows.addSession(own)
    await rows.addSession(own, expired)
    await rows.addSession(other)
    const listed = await listLiveSessions(test.ctx.db, test.ctx.clock, { userId: own, limit: 9 })
    expect(listed.map(({ id }) => id)).toEqual([live])
  })
})

describe('findAuthenticated', () => {
  const find = (userId: UserId, sessionId: SessionId) =>
    findAuthenticated(test.ctx.db, test.ctx.clock, { userId, sessionId })

  it('reads the session that is named', async () => {
    const own = await rows.addUser()
    await rows.addSession(own, { acr: 'aal2' })
    const named = await rows.addSession(own)
    await rows.addSession(own, { acr: 'aal2' })
    expect(await find(own, named)).toMatchObject({ id: own, acr: 'aal1' })
  })

  it.each(Object.entries(EXPIRED))('reads no session %s', async (_, expired) => {
    const own = await rows.addUser()
    const named = await rows.addSession(own, expired)
    expect(await find(own, named)).toMatchObject({ id: own, sessionCreatedAt: null, acr: null })
  })

  it('reads no session of another user', async () => {
    const [own, other] = [await rows.addUser(), await rows.addUser()]
    const foreign = await rows.addSession(other)
    expect(await find(own, foreign)).toMatchObject({ id: own, sessionCreatedAt: null, acr: null })
  })
})

describe('findUsersWithMoreSessions', () => {
  const LIMIT = 2
  const find = (after: UserId | null, bounds = {}) =>
    findUsersWithMoreSessions(test.ctx.db, { limit: LIMIT, after, rows: 100, users: 100, ...bounds })

  /** Users, in the order of their ids, with these numbers of sessions; all other sessions go. */
  async function addUsers(...counts: number[]): Promise<UserId[]> {
    await test.database.sql`delete from sessions`
    const users = await Promise.all(counts.map(() => rows.addUser()))
    users.sort()
    for (const [index, count] of counts.entries())
      for (let n = 0; n < count; n++) await rows.addSession(users[index] as UserId)
    return users
  }

  it('finds those with more than the limit, and goes on behind the last one', async () => {
    const [one, , three] = await addUsers(3, 2, 4)
    expect(await find(null)).toEqual({ withMore: [one, three], examined: 9, last: three })
    expect(await find(one as UserId)).toEqual({ withMore: [three], examined: 6, last: three })
    expect(await find(three as UserId)).toEqual({ withMore: [], examined: 0, last: null })
  })

  it('leaves the last user of a full page to the next page', async () => {
    const [one] = await addUsers(1, 5)
    expect(await find(null, { rows: 4 })).toEqual({ withMore: [], examined: 4, last: one })
  })

  it('takes the last user of a page that is not full', async () => {
    const [, two] = await addUsers(1, 2)
    expect(await find(null, { rows: 4 })).toEqual({ withMore: [], examined: 3, last: two })
  })

  it('finds a user who fills a page', async () => {
    const [one] = await addUsers(5, 1)
    expect(await find(null, { rows: 2 })).toEqual({ withMore: [one], examined: 2, last: one })
  })

  it('goes on behind the last user that it found when it found as many as were asked for', async () => {
    const [one] = await addUsers(3, 3, 1)
    expect(await find(null, { users: 1 })).toMatchObject({ withMore: [one], last: one })
  })
})

describe('the last end of a new session', () => {
  const session = async (lifetimeSeconds: number | null) => ({
    id: newId<SessionId>(),
    userId: await rows.addUser(),
    verifiedEpoch: 0,
    ...{ ip: null, userAgent: null, browser: null, os: null, device: null, network: null, passkeyId: null },
    ...{
      idleSeconds: 60,
      lifetimeSeconds,
      countedSessions: 1,
      binding: null,
      acr: 'aal1' as const,
      amr: 'pwd',
    },
    event: newEvent(),
  })

  it.each([null, 3600])('is %s seconds after its beginning', async (lifetimeSeconds) => {
    const stored = await insertSession(test.ctx.db, test.ctx.clock, await session(lifetimeSeconds))
    const { sessionCreatedAt, sessionExpiresAt, superseded } = stored ?? {}
    expect(superseded).toBe(false)
    const ends = sessionExpiresAt && (Number(sessionExpiresAt) - Number(sessionCreatedAt)) / 1000
    expect(ends).toBe(lifetimeSeconds)
  })
})

describe('the successor that a proof opens', () => {
  it.each([null, inSeconds(1800)])('ends when its session would have ended: %s', async (last) => {
    const userId = await rows.addUser()
    const sessionId = await rows.addSession(userId, { absolute_expires_at: last })
    const times = { graceSeconds: 30, idleSeconds: 60 }
    const proof = {
      userId,
      sessionId,
      successorId: newId<SessionId>(),
      acr: 'aal2' as const,
      amr: 'otp',
      ...times,
    }
    const stored = await insertSteppedUp(test.ctx.db, test.ctx.clock, proof)
    expect(stored).toMatchObject({ sessionId: proof.successorId, superseded: false, sessionExpiresAt: last })
  })
})
