import { createTestCore, signUp, type TestCore, totpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signUpWithApp, wrongCode } from '../../tests/support/second-factor.ts'
import type { UserId } from '../words/ids.ts'
import { countCodeAttempt } from './code-attempts.ts'
import { matchTotpCode } from './match-totp-code.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

async function match(person: { userId: string }, code: string) {
  const userId = person.userId as UserId
  const attempt = await countCodeAttempt(test.ctx, { userId, sessionId: null, of: 'app' })
  return matchTotpCode(test.ctx, { userId, code, attempt })
}

it('a right code of an app has its step, and a wrong one and a user without an app have none', async () => {
  const person = await signUpWithApp(test)
  expect(await match(person, totpCode(person.secret, test.clock))).toMatchObject({
    userId: person.userId,
    step: expect.any(Number),
  })
  expect(await match(person, wrongCode(person, test.clock))).toBeNull()
  expect(await match(await signUp(test.ctx), '000000')).toBeNull()
})
