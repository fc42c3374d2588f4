import { randomBytes } from 'node:crypto'
import { createTestCore, readClaims, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PasskeyPerson, signUpWithPasskey } from '../../../tests/support/passkey-people.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { describeReauthentication } from './describe-reauthentication.ts'
import { reauthenticateWithPasskey } from './reauthenticate-with-passkey.ts'
import { refreshSession } from './refresh-session.ts'

const PARALLEL = 50
const CHALLENGE_INVALID = { code: 'challenge_invalid', detail: 'Challenge expired or invalid.' }
const REFUSED = { code: 'passkey_refused', detail: 'The passkey could not be verified.' }

let test: TestCore
let person: PasskeyPerson
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUpWithPasskey(test.ctx)
})
afterAll(() => test.close())

const optionsOf = (identity = person.identity) => describeReauthentication(test.ctx, { identity })
const confirm = (credential: unknown, identity = person.identity) =>
  reauthenticateWithPasskey(test.ctx, { identity, credential })

describe('a step-up by a passkey', () => {
  it('names the passkeys of the caller, and is refused to a caller without one', async () => {
    expect(await optionsOf()).toMatchObject({
      userVerification: 'required',
      allowCredentials: [{ id: person.passkey.credentialId }],
    })
    const other = await signUp(test.ctx)
    const identity = await authenticate(test.ctx, other.tokens.access)
    expect(await refusalOf(optionsOf(identity))).toMatchObject({ code: 'no_second_factor' })
    await test.database.sql`update passkeys set rp_id = 'example.com' where id = ${person.passkey.id}`
    expect(await refusalOf(optionsOf())).toMatchObject({ code: 'no_second_factor' })
  })

  it('opens a successor of two factors, and the tokens of before never rise', async () => {
    const tokens = await confirm(person.device.get(await optionsOf(), { userHandle: null }))
    expect(readClaims(tokens.access)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'hwk', 'user', 'mfa'] })
    const former = await refreshSession(test.ctx, person.tokens)
    expect(readClaims(former.access)).toMatchObject({ acr: 'aal1', session: person.sessionId })
    test.clock.seconds += test.ctx.config.refreshGraceSeconds + 1
    expect(await refusalOf(refreshSession(test.ctx, former))).toBeDefined()
    expect(readClaims((await refreshSession(test.ctx, tokens)).access)).toMatchObject({ acr: 'aal2' })
  })

  it('opens the lock of a hundred wrong codes in a row, and clears no window', async () => {
    await test.database.sql`insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
      values (${person.userId}, 'anywhere', now(), 10, 100)`
    await confirm(person.device.get(await optionsOf()))
    const attempts = await test.database
      .sql`select in_window, in_a_row from code_attempts where user_id = ${person.userId}`
    expect(attempts).toMatchObject([{ in_window: 10, in_a_row: 0 }])
  })

  it(`gives one successor for one answer, of ${PARALLEL} at once`, async () => {
    const credential = person.device.get(await optionsOf())
    const answers = await Promise.allSettled(Array.from({ length: PARALLEL }, () => confirm(credential)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const sessions = await test.database.sql`select acr from sessions where user_id = ${person.userId}`
    expect(sessions.map(({ acr }) => acr).sort()).toEqual(['aal1', 'aal2'])
  })

  it('is refused with the passkey of another user, and recorded', async () => {
    const stranger = await signUpWithPasskey(test.ctx)
    expect(await refusalOf(confirm(stranger.device.get(await optionsOf())))).toEqual(REFUSED)
    const [event] = await test.database
      .sql`select details, session_id from audit_events where user_id = ${person.userId} and kind = 'second_factor_failed'`
    expect(event).toEqual({ details: { method: 'passkey' }, session_id: person.sessionId })
  })

  it('is refused with the ceremony of another user or session, and with one that was used or made up', async () => {
    const stranger = await signUpWithPasskey(test.ctx)
    const used = person.device.get(await optionsOf())
    const successor = await authenticate(test.ctx, (await confirm(used)).access)
    const challenges = [
      (await optionsOf(stranger.identity)).challenge,
      (await optionsOf(successor)).challenge,
      randomBytes(32).toString('base64url'),
    ]
    for (const credential of [used, ...challenges.map((challenge) => person.device.get({ challenge }))]) {
      expect(await refusalOf(confirm(credential))).toEqual(CHALLENGE_INVALID)
    }
  })

  it.each([undefined, null, 'x', {}])('is refused for %j', async (credential) => {
    expect(await refusalOf(confirm(credential))).toEqual(REFUSED)
  })

  it('is refused in a session that was ended, and spends nothing', async () => {
    const options = await optionsOf()
    const credential = person.device.get(options)
    await test.database.sql`delete from sessions where id = ${person.sessionId}`
    expect(await refusalOf(confirm(credential))).toMatchObject({ code: 'token_not_valid' })
    const [passkey] = await test.database
      .sql`select last_used_at from passkeys where id = ${person.passkey.id}`
    expect(passkey?.last_used_at).toBeNull()
  })

  it('with a counter that stands still is refused, and its ceremony is spent', async () => {
    const counting = await signUpWithPasskey(test.ctx, { counter: 10 })
    const credential = counting.device.get(await optionsOf(counting.identity), { counter: 10 })
    expect(await refusalOf(confirm(credential, counting.identity))).toEqual(REFUSED)
    expect(await refusalOf(confirm(credential, counting.identity))).toEqual(CHALLENGE_INVALID)
    const events = await test.database
      .sql`select session_id from audit_events where user_id = ${counting.userId} and kind = 'passkey_counter'`
    expect(events.map(({ session_id }) => session_id)).toEqual([counting.sessionId])
  })
})
