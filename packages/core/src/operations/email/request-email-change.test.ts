import { createTestCore, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { findEmailChangeFaults } from './request-email-change.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

it('the further faults of a request do not name the password of a user who is deleted meanwhile', async () => {
  const { tokens, userId } = await signUp(test.ctx)
  const identity = await authenticate(test.ctx, tokens.access)
  await test.database.sql`delete from users where id = ${userId}`
  expect(await findEmailChangeFaults(test.ctx, { identity })).toEqual({})
})
