import {
  createTestCore,
  describeOldClaims,
  finishImport,
  logIn,
  type MovedPerson,
  moveIn,
  moveSessionIn,
  newDjangoId,
  OLD_TOKENS,
  readClaims,
  refusalOf,
  signDjangoToken,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { authenticate, authenticateForLogout } from '../src/steps/authenticate.ts'
import { readEvents } from './support/retries.ts'

const DAY = 86_400
const REPLAYED = { code: 'token_not_valid', detail: 'Token is invalid or expired' }
const EXPIRED = { code: 'token_not_valid', detail: 'Token is expired' }
const INVALID = { code: 'token_not_valid', detail: 'Token is invalid' }
const WRONG_TYPE = { code: 'token_not_valid', detail: 'Token has wrong type' }

let test: TestCore
let person: MovedPerson
beforeAll(async () => {
  test = await createTestCore({ oldTokens: OLD_TOKENS })
})
beforeEach(async () => {
  test.clock.seconds = 0
  await test.database.sql`delete from imports`
  person = await moveIn(test)
})
afterAll(() => test.close())

async function readRow({ sessionId }: { sessionId: string }) {
  const [row] = await test.database.sql`
    select generation, state, idle_expires_at, absolute_expires_at, user_agent, browser, os, ip, jti,
      sessions.id is not null as "isLive", created_at, jkt
    from imported_sessions left join sessions on id = session_id where session_id = ${sessionId}`
  return row
}

const refresh = (token = person.tokens.refresh, ctx = test.ctx) => refreshSession(ctx, { refresh: token })

describe('an old refresh token', () => {
  it('is exchanged for the first generation of its session, whose beginning stays', async () => {
    const tokens = await refresh()
    const { old, userId, sessionId } = person
    expect(readClaims(tokens.refresh)).toMatchObject({
      ...{ sub: userId, user_id: old.externalId, session: sessionId, generation: 1 },
      session_iat: old.begun,
    })
    expect(await authenticate(test.ctx, tokens.access)).toMatchObject({ userId, sessionId })
    expect(await readRow(person)).toMatchObject({ generation: 1, state: 'exchanged', jkt: null })
    expect(await readEvents(test, person, 'session_moved_in')).toEqual([
      { session_id: sessionId, details: {}, ip: test.ctx.client.ip },
    ])
    test.clock.seconds += 31
    expect(readClaims((await refreshSession(test.ctx, tokens)).refresh)).toMatchObject({
      ...{ generation: 2, session_iat: old.begun },
    })
  })

  it('takes the device and the network of the exchange, and keeps the device when the caller names none', async () => {
    await refresh()
    expect(await readRow(person)).toMatchObject({ user_agent: 'test/1', browser: 'test', ip: '192.0.2.1' })
    const other = await moveIn(test)
    await refresh(other.tokens.refresh, test.contextOf({ userAgent: null }))
    expect(await readRow(other)).toMatchObject({ user_agent: null, browser: 'Firefox', os: 'Linux' })
  })

  it('20 times at once is exchanged once, and every caller gets the same generation', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh()))
    expect(new Set(answers.map((tokens) => readClaims(tokens.refresh).generation))).toEqual(new Set([1]))
    expect(await readEvents(test, person, 'session_moved_in')).toHaveLength(1)
  })

  it('gets the current pair again within the grace, and ends its session after it, and no other one', async () => {
    const other = await moveSessionIn(test, { ...person, ...person.old })
    const tokens = await refresh()
    test.clock.seconds += 20
    expect(readClaims((await refresh()).refresh).generation).toBe(1)
    test.clock.seconds += 11
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
    expect(await refusalOf(refreshSession(test.ctx, tokens))).toEqual(REPLAYED)
    expect(await readEvents(test, person, 'refresh_replayed')).toHaveLength(1)
    expect(readClaims((await refresh(other.tokens.refresh)).refresh).generation).toBe(1)
  })

  it('ends its session when it comes back after a rotation of the tokens of ours, also within the grace', async () => {
    const tokens = await refresh()
    test.clock.seconds += 31
    await refreshSession(test.ctx, tokens)
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
    expect(await readRow(person)).toMatchObject({ isLive: false, state: 'exchanged' })
  })

  it('with another jti of its session is refused, and ends nothing, before the exchange and after it', async () => {
    const other = signDjangoToken(describeOldClaims({ ...person.old, jti: newDjangoId() }, 'refresh'))
    expect(await refusalOf(refresh(other))).toEqual(REPLAYED)
    expect(await readRow(person)).toMatchObject({ generation: 0, state: 'waiting' })
    await refresh()
    test.clock.seconds += 31
    expect(await refusalOf(refresh(other))).toEqual(REPLAYED)
    expect(await readRow(person)).toMatchObject({ generation: 1 })
  })

  it.each(['another user', 'an unknown session'])('of %s is refused', async (whose) => {
    const change = whose === 'another user' ? { externalId: '999999' } : { session: newDjangoId() }
    const token = signDjangoToken(describeOldClaims({ ...person.old, ...change }, 'refresh'))
    expect(await refusalOf(refresh(token))).toEqual(REPLAYED)
    expect(await readRow(person)).toMatchObject({ generation: 0, state: 'waiting' })
  })

  it('that is expired, is an access token, or is badly signed is refused in the words of the contract', async () => {
    const token = (issued: number) => signDjangoToken(describeOldClaims(person.old, 'refresh', issued))
    expect(await refusalOf(refresh(token(person.old.begun - 15 * DAY)))).toEqual(EXPIRED)
    expect(await refusalOf(refresh(person.tokens.access))).toEqual(WRONG_TYPE)
    const forged = signDjangoToken(describeOldClaims(person.old, 'refresh'), { secret: 'a guess' })
    expect(await refusalOf(refresh(forged))).toEqual(INVALID)
    expect(await readRow(person)).toMatchObject({ generation: 0, state: 'waiting' })
  })

  it('of a session that has been idle for too long is expired', async () => {
    await test.database.sql`update sessions set idle_expires_at = created_at where id = ${person.sessionId}`
    expect(await refusalOf(refresh())).toEqual(EXPIRED)
  })

  it('of an inactive user is refused, and its session waits', async () => {
    await test.database.sql`update users set is_active = false where id = ${person.userId}`
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
    expect(await readRow(person)).toMatchObject({ generation: 0, state: 'waiting' })
  })

  it('of release 1.0.0 begins its session at its iat, and may name its user by a number', async () => {
    const { old, sessionId } = person
    const claims: Record<string, unknown> = describeOldClaims(old, 'refresh')
    delete claims.session_iat
    delete claims.email_verified
    const tokens = await refresh(signDjangoToken({ ...claims, user_id: Number(old.externalId) }))
    expect(readClaims(tokens.refresh)).toMatchObject({ session: sessionId, session_iat: old.begun })
  })

  it('of a user whose key is a UUID is exchanged', async () => {
    const { sql } = test.database
    await sql`update users set external_id = null where id = ${person.userId}`
    const token = signDjangoToken(describeOldClaims({ ...person.old, externalId: person.userId }, 'refresh'))
    expect(readClaims((await refresh(token)).refresh)).toMatchObject({ sub: person.userId, generation: 1 })
  })

  it('is answered with its key late, as a rotation is, and its key makes no second exchange', async () => {
    const keyed = { refresh: person.tokens.refresh, idempotencyKey: 'the key of this one refresh' }
    await refreshSession(test.ctx, keyed)
    test.clock.seconds += DAY
    expect(readClaims((await refreshSession(test.ctx, keyed)).refresh).generation).toBe(1)
    expect(await readEvents(test, person, 'refresh_late')).toHaveLength(1)
    expect(await readEvents(test, person, 'session_moved_in')).toHaveLength(1)
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
  })
})

describe('the settings decide about an old refresh token:', () => {
  it('a session is bound to no key by a proof beside it', async () => {
    const proof = { header: 'no proof', method: 'POST', path: '/refresh/' }
    const tokens = await refresh(person.tokens.refresh, test.contextOf({ proof }))
    expect(tokens).not.toHaveProperty('bound')
    expect(await readRow(person)).toMatchObject({ jkt: null })
  })

  it('without a grace it works once, and then ends its session', async () => {
    const ctx = withConfig(test.ctx, { refreshGraceSeconds: 0 })
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => refresh(undefined, ctx)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await readRow(person)).toMatchObject({ isLive: false, state: 'exchanged' })
  })

  it('with SESSION_LIFETIME its session ends so long after its beginning', async () => {
    const ctx = withConfig(test.ctx, { sessionLifetimeSeconds: 3600 })
    await refresh(undefined, ctx)
    const absolute_expires_at = new Date((person.old.begun + 3600) * 1000)
    expect(await readRow(person)).toMatchObject({ absolute_expires_at })
    const other = await moveIn(test)
    test.clock.seconds += 3001
    expect(await refusalOf(refresh(other.tokens.refresh, ctx))).toMatchObject({ code: 'session_expired' })
    expect(await readRow(other)).toMatchObject({ generation: 0, state: 'waiting' })
  })

  it('with mandatory verification it waits until the address is verified', async () => {
    const ctx = withConfig(test.ctx, { emailVerification: 'mandatory' })
    await test.database.sql`update users set email_verified = false where id = ${person.userId}`
    expect(await refusalOf(refresh(undefined, ctx))).toMatchObject({ code: 'email_not_verified' })
    await test.database.sql`update users set email_verified = true where id = ${person.userId}`
    expect(readClaims((await refresh(undefined, ctx)).refresh).generation).toBe(1)
  })

  it('without the settings of the old deployment it is invalid', async () => {
    expect(await refusalOf(refresh(undefined, { ...test.ctx, oldTokens: null }))).toEqual(INVALID)
    expect(await refusalOf(authenticate({ ...test.ctx, oldTokens: null }, person.tokens.access))).toEqual(
      INVALID,
    )
  })
})

describe('until a final run of the import has finished', () => {
  it.each([
    ['no run', {}],
    ['a run that was not final', { final: false }],
    ['a final run that has not finished', { finished: false }],
  ])('an old token is refused, and nothing changes: %s', async (_, run) => {
    await test.database.sql`delete from imports`
    if (Object.keys(run).length > 0) await finishImport(test.database, run)
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
    expect(await refusalOf(authenticateForLogout(test.ctx, person.tokens.access))).toEqual(INVALID)
    const leaving = logout(test.ctx, { identity: null, refresh: person.tokens.refresh })
    expect(await refusalOf(leaving)).toMatchObject({ code: 'invalid_refresh_token' })
    expect(await readRow(person)).toMatchObject({ generation: 0, state: 'waiting' })
  })

  it.each([
    ['a second final run', { finished: false }],
    ['a run that is not final', { final: false, finished: false }],
  ])('%s that is under way later closes nothing', async (_, run) => {
    await finishImport(test.database, run)
    expect(readClaims((await refresh()).refresh).generation).toBe(1)
  })

  it('an import that was taken back closes the door, and ends no session that was exchanged', async () => {
    const tokens = await refresh()
    await test.database.sql`update imports set final = false`
    test.clock.seconds += 31
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
    expect(readClaims((await refreshSession(test.ctx, tokens)).refresh).generation).toBe(2)
  })
})

describe('an old access token', () => {
  it('is answered as expired, so that its client refreshes, whether it has expired or not', async () => {
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(EXPIRED)
    test.clock.seconds += DAY
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(EXPIRED)
    await refresh()
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toEqual(EXPIRED)
  })

  it('is invalid when it is badly signed, and of the wrong type when it is a refresh token', async () => {
    const forged = signDjangoToken(describeOldClaims(person.old, 'access'), { secret: 'a guess' })
    expect(await refusalOf(authenticate(test.ctx, forged))).toEqual(INVALID)
    expect(await refusalOf(authenticate(test.ctx, person.tokens.refresh))).toEqual(WRONG_TYPE)
  })
})

describe('a sign-out with old tokens', () => {
  it.each([
    ['at once', 0],
    ['with an expired access token', DAY],
  ])('ends the session that waits, %s', async (_, seconds) => {
    test.clock.seconds += seconds
    const identity = await authenticateForLogout(test.ctx, person.tokens.access)
    expect(identity).toEqual({ userId: person.userId })
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await readRow(person)).toMatchObject({ isLive: false, state: 'waiting' })
    expect(await refusalOf(refresh())).toEqual(REPLAYED)
    expect(await readEvents(test, person, 'logout')).toHaveLength(1)
  })

  it('by the cookie alone ends the session, also one that was exchanged', async () => {
    const tokens = await refresh()
    await logout(test.ctx, { identity: null, refresh: person.tokens.refresh })
    expect(await refusalOf(refreshSession(test.ctx, tokens))).toEqual(REPLAYED)
  })

  it('of another user is refused, and ends nothing', async () => {
    const other = await moveIn(test)
    const identity = await authenticateForLogout(test.ctx, other.tokens.access)
    const leaving = logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await refusalOf(leaving)).toMatchObject({ code: 'invalid_refresh_token' })
    expect(await readRow(person)).toMatchObject({ generation: 0 })
  })

  it('with another jti of its session is refused, and ends nothing, before the exchange and after it', async () => {
    const other = signDjangoToken(describeOldClaims({ ...person.old, jti: newDjangoId() }, 'refresh'))
    const identity = await authenticateForLogout(test.ctx, person.tokens.access)
    const leave = async () => {
      for (const caller of [identity, null]) {
        const leaving = logout(test.ctx, { identity: caller, refresh: other })
        expect(await refusalOf(leaving)).toMatchObject({ code: 'invalid_refresh_token' })
      }
    }
    await leave()
    expect(await readRow(person)).toMatchObject({ isLive: true, state: 'waiting' })
    const tokens = await refresh()
    await leave()
    expect(await refreshSession(test.ctx, tokens)).toBeTruthy()
  })

  it('may name a session here by a sign-in here, and an old token of the same user', async () => {
    const { access } = await logIn(test.ctx, person)
    const identity = await authenticateForLogout(test.ctx, access)
    await logout(test.ctx, { identity, refresh: person.tokens.refresh })
    expect(await readRow(person)).toMatchObject({ isLive: false })
  })
})

describe('a database that was put back to a time before the exchange', () => {
  it('takes the newer token of ours, and the old token is a replay then', async () => {
    const ctx = withConfig(test.ctx, { sessionLifetimeSeconds: 10 * DAY })
    const tokens = await refresh(undefined, ctx)
    const { sql } = test.database
    await sql`update imported_sessions set state = 'waiting', exchanged_at = null where session_id = ${person.sessionId}`
    await sql`update sessions set generation = 0, rotated_at = null, absolute_expires_at = null,
      created_at = created_at + interval '60 seconds' where id = ${person.sessionId}`
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    expect(readClaims((await refreshSession({ ...ctx, log }, tokens)).refresh)).toMatchObject({
      ...{ generation: 1, session_iat: person.old.begun },
    })
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['rotation_lost'])
    expect(await readRow(person)).toMatchObject({
      ...{ generation: 1, state: 'exchanged' },
      absolute_expires_at: new Date((person.old.begun + 10 * DAY) * 1000),
    })
    test.clock.seconds += 31
    expect(await refusalOf(refresh(undefined, ctx))).toEqual(REPLAYED)
    expect(await readRow(person)).toMatchObject({ isLive: false })
  })
})
