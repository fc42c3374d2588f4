import { Writable } from 'node:stream'
import { createTestCore, TEST_SECRET_KEY, type TestCore, totpCode } from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  challenge,
  countEvents,
  signUpWithApp,
  type TwoStepPerson,
  wrongCode,
} from '../../../tests/support/second-factor.ts'
import { verifyTotp } from '../mfa/verify-totp.ts'
import { resealSecrets } from './reseal-secrets.ts'

const PRESENT = 'another-secret-of-tests-0123456789-abcdefghijklmno'

const NONE = { signingKeys: 0, totp: 0, mails: 0, foreign: 0 }

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Starts another server on the same database. */
async function start(secretKeyFallbacks: string[], lines: string[] = []) {
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  return createTestCore({
    database: test.database,
    clockShift: test.clock,
    secretKey: PRESENT,
    secretKeyFallbacks,
    log: pino({}, stream),
  })
}

async function answer({ ctx }: TestCore, person: TwoStepPerson, code = totpCode(person.secret, test.clock)) {
  return verifyTotp(ctx, { challengeId: await challenge(ctx, person), code })
}

it('a former secret may be dropped after a reseal, and an app that is used is sealed anew by that', async () => {
  const used = await signUpWithApp(test)
  const unused = await signUpWithApp(test)
  const replacing = await start([TEST_SECRET_KEY])
  await answer(replacing, used)
  expect(await resealSecrets(replacing.ctx)).toEqual({ ...NONE, totp: 1 })
  expect(await resealSecrets(replacing.ctx)).toEqual(NONE)
  await replacing.close()
  test.clock.seconds += 60
  const lines: string[] = []
  const replaced = await start([], lines)
  expect(lines.join('')).not.toContain('totp_sealed_elsewhere')
  for (const person of [used, unused]) await expect(answer(replaced, person)).resolves.toBeDefined()
  await replaced.close()
})

it('a secret that was dropped too early is a warning at the start and a fault of that code, and locks nobody', async () => {
  const other = await createTestCore()
  const person = await signUpWithApp(other)
  const elsewhere = PRESENT.toUpperCase()
  const reseal = await createTestCore({
    database: other.database,
    clockShift: other.clock,
    secretKey: elsewhere,
    secretKeyFallbacks: [TEST_SECRET_KEY],
  })
  await reseal.close()
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const early = await createTestCore({
    database: other.database,
    clockShift: other.clock,
    secretKey: elsewhere,
    log: pino({}, stream),
  })
  expect(lines.join('')).toContain('totp_sealed_elsewhere')
  expect(await resealSecrets(early.ctx)).toEqual({ ...NONE, foreign: 1 })
  for (let time = 1; time <= 12; time++)
    await expect(answer(early, person, wrongCode(person, other.clock))).rejects.toThrow(
      'SECRET_KEY_FALLBACKS',
    )
  expect(await countEvents(other, person.userId, 'second_factor_locked')).toBe(0)
  await early.close()
  const [row] = await other.database.sql`select in_window from code_attempts where user_id = ${person.userId}`
  expect(row?.in_window).toBe(0)
  await other.close()
})
