import {
  createTestCore,
  logIn,
  NEW_PASSWORD,
  PASSWORD,
  type Person,
  refusalOf,
  signUp,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reauthenticate } from '../src/operations/auth/reauthenticate.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { UserId } from '../src/words/ids.ts'
import { generationOf, readEvents, readRow, refreshKeyed } from './support/retries.ts'

const KEY = 'the key of one refresh'
const OTHER = 'the key of another one'
const REPLAYED = { code: 'token_not_valid', detail: 'Token is invalid or expired' }
const REUSED = {
  code: 'idempotency_key_reused',
  detail: 'This Idempotency-Key was used for another refresh.',
}
const HOUR = 3600
const DAY = 24 * HOUR

describe.each([30, 0])('with a grace of %s seconds', (refreshGraceSeconds) => {
  let test: TestCore
  let person: Person
  beforeAll(async () => {
    test = await createTestCore({ config: { refreshGraceSeconds } })
  })
  beforeEach(async () => {
    test.clock.seconds = 0
    person = await signUp(test.ctx)
  })
  afterAll(() => test.close())

  it.each([
    ['just after the grace', 31],
    ['an hour late', HOUR],
    ['13 days late', 13 * DAY],
  ])('the replaced token with the key of its refresh gets the lost answer again, %s', async (_, seconds) => {
    await refreshKeyed(test.ctx, person.tokens, KEY)
    const before = await readRow(test, person)
    test.clock.seconds += seconds
    const again = await refreshKeyed(test.contextOf({ ip: '198.51.100.7' }), person.tokens, KEY)
    expect(generationOf(again)).toBe(2)
    expect(await authenticate(test.ctx, again.access)).toMatchObject({ userId: person.userId })
    const after = await readRow(test, person)
    expect(after).toMatchObject({ generation: 2, rotated_at: before?.rotated_at, ip: '198.51.100.7' })
    for (const moved of ['last_seen_at', 'idle_expires_at'])
      expect(after?.[moved] - before?.[moved]).toBeGreaterThanOrEqual(seconds * 1000)
    expect(await readEvents(test, person, 'refresh_late')).toEqual([
      { session_id: person.sessionId, details: { by: 'keyed', changed: 'network' }, ip: '198.51.100.7' },
    ])
    expect(generationOf(await refreshKeyed(test.ctx, again, OTHER))).toBe(3)
  })

  it('the answer may be lost as often as it likes, and is recorded once for a rotation', async () => {
    await refreshKeyed(test.ctx, person.tokens, KEY)
    for (let time = 0; time < 5; time++) {
      test.clock.seconds += HOUR
      expect(generationOf(await refreshKeyed(test.ctx, person.tokens, KEY))).toBe(2)
    }
    expect(await readEvents(test, person, 'refresh_late')).toHaveLength(1)
    expect(await readEvents(test, person, 'refresh_replayed')).toHaveLength(0)
  })

  it('a refresh that never reached the server rotates, however late', async () => {
    test.clock.seconds += DAY
    expect(generationOf(await refreshKeyed(test.ctx, person.tokens, KEY))).toBe(2)
  })

  it.each([
    ['another key', OTHER],
    ['a key that differs in the last character', `${KEY.slice(0, -1)}H`],
    ['no key', null],
  ])('the replaced token with %s is a replay, and ends the session', async (_, key) => {
    const current = await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += 31
    expect(await refusalOf(refreshKeyed(test.ctx, person.tokens, key))).toEqual(REPLAYED)
    expect(await refusalOf(refreshKeyed(test.ctx, current, null))).toEqual(REPLAYED)
    expect(await readEvents(test, person, 'refresh_replayed')).toHaveLength(1)
  })

  it('a refresh without a key leaves none, so its replaced token is a replay with any key', async () => {
    const second = await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += 31
    await refreshKeyed(test.ctx, second, null)
    expect(await readRow(test, person)).toMatchObject({ generation: 3, rotation_key: null })
    test.clock.seconds += 31
    expect(await refusalOf(refreshKeyed(test.ctx, second, KEY))).toEqual(REPLAYED)
  })

  it.each([
    ['its own key', KEY],
    ['the key of the last refresh', OTHER],
  ])('a token before the replaced one is a replay, also with %s', async (_, key) => {
    const second = await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += 31
    await refreshKeyed(test.ctx, second, OTHER)
    test.clock.seconds += 31
    expect(await refusalOf(refreshKeyed(test.ctx, person.tokens, key))).toEqual(REPLAYED)
    expect(await readRow(test, person)).toBeUndefined()
  })

  it('the current token with the key that made it is refused at any time, and nothing rotates', async () => {
    const current = await refreshKeyed(test.ctx, person.tokens, KEY)
    const before = await readRow(test, person)
    for (const seconds of [0, 31, DAY]) {
      test.clock.seconds += seconds
      expect(await refusalOf(refreshKeyed(test.ctx, current, KEY))).toEqual(REUSED)
    }
    expect(await readRow(test, person)).toEqual(before)
    expect(generationOf(await refreshKeyed(test.ctx, current, OTHER))).toBe(3)
  })

  it('a session whose refreshes are answered late does not idle out', async () => {
    await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += 10 * DAY
    const late = await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += 10 * DAY
    expect(generationOf(await refreshKeyed(test.ctx, late, OTHER))).toBe(3)
  })

  it('a token past its own life is refused with its key too, and the session is as before', async () => {
    await refreshKeyed(test.ctx, person.tokens, KEY)
    const before = await readRow(test, person)
    test.clock.seconds += 14 * DAY + 1
    expect(await refusalOf(refreshKeyed(test.ctx, person.tokens, KEY))).toMatchObject({
      detail: 'Token is expired',
    })
    expect(await readRow(test, person)).toEqual(before)
  })

  it('20 refreshes at once with one key rotate once and all get the same generation', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refreshKeyed(test.ctx, person.tokens, KEY)),
    )
    expect(new Set(answers.map(generationOf))).toEqual(new Set([2]))
    expect(await readRow(test, person)).toMatchObject({ generation: 2 })
  })

  it('20 late retries at once with one key all get the same generation, and one event', async () => {
    await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += HOUR
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refreshKeyed(test.ctx, person.tokens, KEY)),
    )
    expect(new Set(answers.map(generationOf))).toEqual(new Set([2]))
    expect(await readEvents(test, person, 'refresh_late')).toHaveLength(1)
  })
})

describe('a late retry with its key', () => {
  let test: TestCore
  let person: Person
  beforeAll(async () => {
    test = await createTestCore()
  })
  beforeEach(async () => {
    test.clock.seconds = 0
    person = await signUp(test.ctx)
    await refreshKeyed(test.ctx, person.tokens, KEY)
    test.clock.seconds += HOUR
  })
  afterAll(() => test.close())

  it('of an address that must be verified is refused, changes nothing, and works once it is', async () => {
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    const before = await readRow(test, person)
    expect(await refusalOf(refreshKeyed(mandatory, person.tokens, KEY))).toMatchObject({
      code: 'email_not_verified',
    })
    expect(await readRow(test, person)).toEqual(before)
    await test.database.sql`update users set email_verified = true where id = ${person.userId}`
    expect(generationOf(await refreshKeyed(mandatory, person.tokens, KEY))).toBe(2)
  })

  it('of a deactivated user is refused', async () => {
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId as UserId })
    expect(await refusalOf(refreshKeyed(test.ctx, person.tokens, KEY))).toEqual(REPLAYED)
  })

  it('after a change of password or a confirmation finds the successor without a key', async () => {
    const fresh = await logIn(test.ctx, person)
    const identity = await authenticate(test.ctx, (await refreshKeyed(test.ctx, fresh, OTHER)).access)
    await reauthenticate(test.ctx, { identity, password: PASSWORD })
    const keysOf = () =>
      test.database.sql`select rotation_key from sessions where user_id = ${person.userId} and generation = 1`
    expect(await keysOf()).toEqual([{ rotation_key: null }])
    const passwords = { oldPassword: PASSWORD, newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await changePassword(test.ctx, {
      identity: await authenticate(test.ctx, (await refreshKeyed(test.ctx, person.tokens, KEY)).access),
      ...passwords,
    })
    expect(await keysOf()).toEqual([{ rotation_key: null }])
    expect(await refusalOf(refreshKeyed(test.ctx, person.tokens, KEY))).toEqual(REPLAYED)
  })

  it('after the rotation was lost by the database is answered by its repetition', async () => {
    const current = await refreshKeyed(test.ctx, person.tokens, KEY)
    await test.database.sql`
      update sessions set generation = 1, rotated_at = null, rotation_key = null where id = ${person.sessionId}`
    expect(generationOf(await refreshKeyed(test.ctx, current, OTHER))).toBe(2)
    expect(await readRow(test, person)).toMatchObject({ generation: 2, rotation_key: null })
  })
})
