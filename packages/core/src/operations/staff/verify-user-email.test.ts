import { createTestCore, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { verifyUserEmail } from './verify-user-email.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

it('an address that the operator verifies is recorded once, and no session ends', async () => {
  const { userId, email, tokens } = await signUp(test.ctx)
  const verify = () => verifyUserEmail(test.ctx, { by: OPERATOR, userId })
  expect(await verify()).toBe(email)
  expect(await verify()).toBeNull()
  const [row] = await test.database.sql`
    select email_verified, session_epoch, updated_at > created_at as is_touched from users where id = ${userId}`
  expect(row).toEqual({ email_verified: true, session_epoch: 0, is_touched: true })
  const events = await test.database.sql`
    select actor, details from audit_events where user_id = ${userId} and kind = 'email_verified'`
  expect(events).toEqual([{ actor: 'operator', details: {} }])
  await expect(refreshSession(test.ctx, tokens)).resolves.toBeDefined()
})

it('the address of an unknown user cannot be verified', async () => {
  const work = verifyUserEmail(test.ctx, { by: OPERATOR, userId: newId<UserId>() })
  expect(await refusalOf(work)).toMatchObject({ code: 'not_found' })
})
