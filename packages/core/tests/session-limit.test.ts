import {
  createTestCore,
  logIn,
  type Person,
  readClaims,
  signUp,
  type TestCore,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purge } from '../src/housekeeping/run-round.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { verifyTotp } from '../src/operations/mfa/verify-totp.ts'
import { listSessions } from '../src/operations/sessions/list-sessions.ts'
import { listUserSessions } from '../src/operations/staff/list-user-sessions.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { newId, type SessionId } from '../src/words/ids.ts'
import { DAY_SECONDS } from '../src/words/time.ts'
import { challenge, signUpWithApp } from './support/second-factor.ts'

const LIMIT = 5

let test: TestCore
beforeAll(async () => {
  test = await createTestCore({ config: { sessionsPerAccount: LIMIT } })
})
afterAll(() => test.close())

async function sessionsOf({ userId }: Person): Promise<string[]> {
  const rows = await test.database.sql`select id from sessions where user_id = ${userId} order by id`
  return rows.map(({ id }) => id)
}

async function eventsOf({ userId }: Person) {
  return test.database.sql`
    select actor, session_id, details from audit_events
    where user_id = ${userId} and kind = 'sessions_displaced' order by id`
}

/** Stores sessions as a server without the limit would have left them, each seen a minute before the next. */
async function storeSessions({ userId }: Person, count: number): Promise<void> {
  await test.database.sql`
    insert into sessions (id, user_id, created_at, last_seen_at, idle_expires_at)
    select gen_random_uuid(), ${userId}, now() - interval '1 day',
      now() - interval '1 day' + n * interval '1 second', now() + interval '1 day'
    from generate_series(1, ${count}) n`
}

/** Signs in a number of times, one after the other, and returns the ids of the sessions. */
async function signInTimes(person: Person, times: number) {
  const opened = []
  for (let n = 0; n < times; n++) {
    test.clock.seconds += 1
    const tokens = await logIn(test.ctx, person)
    opened.push({ tokens, id: readClaims(tokens.access).session as string })
  }
  return opened
}

describe('SESSIONS_PER_ACCOUNT', () => {
  it('is met without an end of a session', async () => {
    const person = await signUp(test.ctx)
    await signInTimes(person, LIMIT - 1)
    expect(await sessionsOf(person)).toHaveLength(LIMIT)
    expect(await eventsOf(person)).toEqual([])
  })

  it('ends the session that was unused for longest when one more opens, and records it', async () => {
    const person = await signUp(test.ctx)
    const opened = await signInTimes(person, LIMIT - 1)
    test.clock.seconds += 60
    await refreshSession(test.ctx, person.tokens)
    const [last] = await signInTimes(person, 1)
    const kept = [person.sessionId, ...opened.slice(1).map(({ id }) => id), last?.id]
    expect((await sessionsOf(person)).sort()).toEqual(kept.sort())
    expect(await eventsOf(person)).toEqual([
      { actor: 'self', session_id: last?.id, details: { sessions: 1 } },
    ])
    await expect(authenticate(test.ctx, last?.tokens.access ?? '')).resolves.toBeDefined()
  })

  it('ends it too when the sign-in had a second step', async () => {
    const person = await signUpWithApp(test)
    await storeSessions(person, LIMIT - 1)
    const challengeId = await challenge(test.ctx, person)
    await verifyTotp(test.ctx, { challengeId, code: totpCode(person.secret, test.clock) })
    expect(await sessionsOf(person)).toHaveLength(LIMIT)
    expect(await eventsOf(person)).toMatchObject([{ details: { sessions: 1 } }])
  })

  it('ends a session past SESSION_LIFETIME before one that still works, also one that was used later', async () => {
    const person = await signUp(test.ctx)
    await storeSessions(person, LIMIT - 1)
    await test.database.sql`
      update sessions set last_seen_at = now() + interval '1 hour', absolute_expires_at = now() - interval '1 minute'
      where user_id = ${person.userId} and id <> ${person.sessionId}`
    await signInTimes(person, 1)
    expect(await sessionsOf(person)).toHaveLength(LIMIT)
    expect(await sessionsOf(person)).toContain(person.sessionId)
  })

  it('ends no session of another user', async () => {
    const [person, other] = [await signUp(test.ctx), await signUp(test.ctx)]
    await signInTimes(other, 1)
    await signInTimes(person, LIMIT)
    expect(await sessionsOf(other)).toHaveLength(2)
  })

  it.each([1, LIMIT])(
    'of %i holds for ten sign-ins at once, and a session of theirs is left',
    async (limit) => {
      const ctx = { ...test.ctx, config: { ...test.ctx.config, sessionsPerAccount: limit } }
      const person = await signUp(test.ctx)
      const signIns = await Promise.all(Array.from({ length: 10 }, () => logIn(ctx, person)))
      const opened = signIns.map(({ access }) => readClaims(access).session)
      const left = await sessionsOf(person)
      expect(left).toHaveLength(limit)
      expect(opened).toEqual(expect.arrayContaining(left))
      const ended = (await eventsOf(person)).map(({ details }) => details.sessions)
      expect(ended.reduce((sum, many) => sum + many, 0)).toBe(11 - limit)
    },
  )

  it('waits for a sign-in under way and counts its session: the lock of the user', async () => {
    const person = await signUp(test.ctx)
    await storeSessions(person, LIMIT - 1)
    const late = newId<SessionId>()
    const signIn = await test.database.sql.reserve()
    await signIn`begin`
    await signIn`select 1 from users where id = ${person.userId} for share`
    await signIn`insert into sessions (id, user_id, created_at, last_seen_at, idle_expires_at)
      values (${late}, ${person.userId}, now(), now(), now() + interval '1 day')`
    const opened = logIn(test.ctx, person)
    await test.database.waitForBlocked()
    await signIn`commit`
    signIn.release()
    await opened
    expect(await sessionsOf(person)).toHaveLength(LIMIT)
    expect(await sessionsOf(person)).toContain(late)
  })

  it('is enforced at the next sign-in for a user who had more sessions before', async () => {
    const person = await signUp(test.ctx)
    await storeSessions(person, 40)
    const [opened] = await signInTimes(person, 1)
    const left = await sessionsOf(person)
    expect(left).toHaveLength(LIMIT)
    expect(left).toEqual(expect.arrayContaining([person.sessionId, opened?.id]))
  })

  it('is enforced by the housekeeping for a user who does not sign in, and the trail says so', async () => {
    const person = await signUp(test.ctx)
    await storeSessions(person, 40)
    const other = await signUp(test.ctx)
    await purge({ ...test.ctx, auditRetentionSeconds: 365 * DAY_SECONDS, sessionsPerAccount: LIMIT })
    expect(await sessionsOf(person)).toHaveLength(LIMIT)
    expect(await sessionsOf(person)).toContain(person.sessionId)
    expect(await sessionsOf(other)).toHaveLength(1)
    expect(await eventsOf(person)).toEqual([
      { actor: 'anyone', session_id: null, details: { sessions: 41 - LIMIT } },
    ])
  })

  it('bounds the lists of sessions that the user and staff read', async () => {
    const person = await signUp(test.ctx)
    await storeSessions(person, 40)
    const identity = await authenticate(test.ctx, person.tokens.access)
    const own = await listSessions(test.ctx, { identity })
    expect(own).toHaveLength(LIMIT)
    expect(own[0]).toMatchObject({ id: person.sessionId, current: true })
    expect(await listUserSessions(test.ctx, { by: OPERATOR, userId: person.userId })).toHaveLength(LIMIT)
  })

  it('costs a sign-in no statement while the user is far below it', async () => {
    const person = await signUp(test.ctx)
    const ctx = { ...test.ctx, config: { ...test.ctx.config, sessionsPerAccount: 100 } }
    const transactions: unknown[] = []
    const db = new Proxy(ctx.db, {
      get(target, name, receiver) {
        if (name === 'transaction') transactions.push(name)
        return Reflect.get(target, name, receiver)
      },
    })
    await logIn({ ...ctx, db }, person)
    expect(transactions).toEqual([])
    await storeSessions(person, 98)
    await logIn({ ...ctx, db }, person)
    expect(transactions).toEqual(['transaction'])
  })
})
