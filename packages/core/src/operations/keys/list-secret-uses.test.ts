import { createMailingCore, createTestCore, signUp, TEST_SECRET_KEY, type TestCore } from '@latchkey/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { giveFactors } from '../../../tests/support/moved-in.ts'
import { challenge, identityOf, signUpWithApp } from '../../../tests/support/second-factor.ts'
import { DAY_SECONDS, HOUR_SECONDS } from '../../words/time.ts'
import { replaceRecoveryCodes } from '../mfa/replace-recovery-codes.ts'
import { verifyRecoveryCode } from '../mfa/verify-recovery-code.ts'
import { requestPasswordReset } from '../password/request-password-reset.ts'
import { listSecretUses } from './list-secret-uses.ts'
import { resealSecrets } from './reseal-secrets.ts'

const NEXT = 'the-secret-that-comes-next-0123456789-abcdefghijklmnopqrst'

const opened: { close(): Promise<void> }[] = []
let test: TestCore
beforeEach(async () => {
  test = await createTestCore({
    mail: {
      mode: 'smtp',
      smtpUrl: 'smtp://127.0.0.1:1',
      from: 'a@example.com',
      mailboxDir: null,
      templatesDir: null,
    },
  })
})
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
  await test.close()
})

async function replace(secretKey: string, secretKeyFallbacks: string[]): Promise<TestCore> {
  const { mode, smtpUrl, from } = {
    mode: 'smtp' as const,
    smtpUrl: 'smtp://127.0.0.1:1',
    from: 'a@example.com',
  }
  const core = await createTestCore({
    database: test.database,
    clockShift: test.clock,
    secretKey,
    secretKeyFallbacks,
    mail: { mode, smtpUrl, from, mailboxDir: null, templatesDir: null },
  })
  opened.push(core)
  return core
}

const namesOf = async ({ ctx }: TestCore) => (await listSecretUses(ctx)).map(({ purpose }) => purpose).sort()

it('with one secret nothing is needed of another', async () => {
  await signUpWithApp(test)
  expect(await listSecretUses(test.ctx)).toEqual([])
})

it('a former secret is needed by what it has sealed until that is sealed anew, and by its tokens until they expire', async () => {
  const { email } = await signUpWithApp(test)
  await requestPasswordReset(test.ctx, { email })
  const replacing = await replace(NEXT, [TEST_SECRET_KEY])
  expect(await namesOf(replacing)).toEqual(['mail', 'password-reset', 'refresh-token', 'totp'])
  const steps: { done: number; total: number }[] = []
  const resealed = await resealSecrets(replacing.ctx, (step) => steps.push(step))
  expect(resealed).toMatchObject({ signingKeys: 0, totp: 1, foreign: 0 })
  expect(resealed.mails).toBeGreaterThan(0)
  expect(steps.at(-1)).toEqual({ done: 1 + resealed.mails, total: 1 + resealed.mails })
  expect(await namesOf(replacing)).toEqual(['password-reset', 'refresh-token'])
  test.clock.seconds += 2 * HOUR_SECONDS
  expect(await namesOf(replacing)).toEqual(['refresh-token'])
  test.clock.seconds += 14 * DAY_SECONDS
  expect(await listSecretUses(replacing.ctx)).toEqual([])
})

it('a former secret is needed by recovery codes that were moved in until they are used or replaced, and no reseal helps', async () => {
  const person = await signUp(test.ctx)
  await giveFactors(test, person, { secret: 'JBSWY3DPEHPK3PXP', recoveryCodes: ['15277180', '44704866'] })
  const replacing = await replace(NEXT, [TEST_SECRET_KEY])
  await resealSecrets(replacing.ctx)
  const countCodes = async () =>
    (await listSecretUses(replacing.ctx)).find(({ purpose }) => purpose === 'recovery-code')?.count
  expect(await countCodes()).toBe(2)
  const challengeId = await challenge(replacing.ctx, person)
  const tokens = await verifyRecoveryCode(replacing.ctx, { challengeId, recoveryCode: '15277180' })
  expect(await countCodes()).toBe(1)
  const identity = await identityOf(replacing.ctx, { tokens })
  await replaceRecoveryCodes(replacing.ctx, { identity })
  expect(await countCodes()).toBeUndefined()
})

it('a mail that was sealed anew is read without the former secret, as waiting and as failed', async () => {
  const { email } = await signUp(test.ctx)
  await requestPasswordReset(test.ctx, { email })
  await test.database
    .sql`insert into latchkey_mail.job (name, data) select 'mail-failed', data from latchkey_mail.job`
  const replacing = await replace(NEXT, [TEST_SECRET_KEY])
  expect(await resealSecrets(replacing.ctx)).toMatchObject({ mails: 2 })
  expect(await resealSecrets(replacing.ctx)).toMatchObject({ mails: 0 })
  const replaced = await replace(NEXT, [])
  expect(await replaced.ctx.outbox.listWaiting()).toMatchObject([{ kind: 'reset-password' }])
  expect(await replaced.ctx.outbox.listFailed()).toMatchObject([{ kind: 'reset-password' }])
})

it('a secret that is accepted and has never signed is needed by nothing', async () => {
  test.clock.seconds += 15 * DAY_SECONDS
  expect(await listSecretUses((await replace(TEST_SECRET_KEY, [NEXT])).ctx)).toEqual([])
})

it('while no row says since when the present secret signs, it is taken to sign since now', async () => {
  await test.database.sql`update signing_keys set private_jwe = ${'e30.a.b.c.d'}`
  const uses = await listSecretUses({ ...test.ctx, secrets: (await createOther()).ctx.secrets })
  expect(uses.find(({ purpose }) => purpose === 'signing-key')?.count).toBe(2)
  const until = uses.find(({ purpose }) => purpose === 'refresh-token')?.until?.getTime() ?? 0
  expect(until / 1000 - test.ctx.clock.epochSeconds()).toBeGreaterThan(14 * DAY_SECONDS)
})

async function createOther(): Promise<TestCore> {
  const other = await createMailingCore({ secretKey: NEXT, secretKeyFallbacks: [TEST_SECRET_KEY] })
  opened.push(other)
  return other
}

it('keys that rotate daily do not move the time from which a former secret may be dropped', async () => {
  const replacing = await replace(NEXT, [TEST_SECRET_KEY])
  await resealSecrets(replacing.ctx)
  const untilOf = async () =>
    (await listSecretUses(replacing.ctx)).find(({ purpose }) => purpose === 'refresh-token')?.until
  const first = await untilOf()
  for (let day = 0; day < 4; day++) {
    test.clock.seconds += DAY_SECONDS
    expect(await replacing.ctx.keys.rotate({ force: false })).toBeNull()
  }
  expect(await untilOf()).toEqual(first)
})
