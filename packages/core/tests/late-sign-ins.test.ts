import { createTestCore, NEW_PASSWORD, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { newId, type SessionId } from '../src/words/ids.ts'
import { REVOCATIONS, type Revocation } from './support/revocations.ts'

// Sign-ins and revocations that meet at a lock, in the order that the test gives.
let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

it('a sign-in with the old password that stops between its check and its insert leaves no session', async () => {
  const person = await signUp(test.ctx)
  const changed = await test.ctx.hasher.hash(NEW_PASSWORD)
  const blocker = await test.database.sql.reserve()
  await blocker`begin`
  await blocker`update users set session_epoch = session_epoch + 1, password_hash = ${changed} where id = ${person.userId}`
  const refusal = refusalOf(login(test.ctx, person))
  await test.database.waitForBlocked()
  await blocker`commit`
  blocker.release()
  expect(await refusal).toMatchObject({ code: 'incorrect_credentials' })
  const [row] = await test.database.sql`select count(*)::int from sessions where user_id = ${person.userId}`
  expect(row?.count).toBe(1)
})

describe('an operation that ends every session while a sign-in has locked the user', () => {
  const revocations = Object.keys(REVOCATIONS).filter((name) => name !== 'logout')

  it.each(revocations)('waits for the sign-in and ends its session too: %s', async (name) => {
    const person = await signUp(test.ctx)
    const revoke = REVOCATIONS[name] as Revocation
    const late = newId<SessionId>()
    const signIn = await test.database.sql.reserve()
    await signIn`begin`
    await signIn`select 1 from users where id = ${person.userId} for share`
    await signIn`insert into sessions (id, user_id, created_at, last_seen_at, idle_expires_at)
      values (${late}, ${person.userId}, now(), now(), now() + interval '1 day')`
    const revoked = revoke(test.ctx, person)
    await test.database.waitForBlocked()
    await signIn`commit`
    signIn.release()
    await revoked
    const left = await test.database.sql`select 1 from sessions where id = ${late}`
    expect(left).toHaveLength(0)
  })
})
