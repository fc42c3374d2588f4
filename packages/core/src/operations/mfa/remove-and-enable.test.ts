import {
  createMailingCore,
  logIn,
  type MailingCore,
  refusalOf,
  signUp,
  totpCode,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  challenge,
  countEvents,
  fulfilled,
  identityOf,
  refusalsOf,
  signUpWithApp,
  type TwoStepPerson,
} from '../../../tests/support/second-factor.ts'
import { newId, type PasskeyId } from '../../words/ids.ts'
import { deactivateSecondFactor } from './deactivate-second-factor.ts'
import { enableSecondFactor } from './enable-second-factor.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { verifyTotp } from './verify-totp.ts'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())

const recentOf = async (person: TwoStepPerson) => ({ identity: await identityOf(test.ctx, person) })

async function addPasskey(userId: string): Promise<void> {
  await test.database.sql`
    insert into passkeys (id, user_id, credential_id, public_key, sign_count, aaguid, rp_id, backup_eligible, backed_up,
      name, created_at)
    values (${newId<PasskeyId>()}, ${userId}, ${crypto.randomUUID()}, 'x', 0, ${crypto.randomUUID()}, 'localhost', false,
      false, 'Key', now())`
}

async function mailsTo(email: string): Promise<string[]> {
  const mails = (await test.mailbox.all()).filter(
    ({ to, kind }) => to === email && kind === 'second-factor-changed',
  )
  return mails.map(({ text }) => text)
}

describe('turning the second factor off', () => {
  it('removes the app and the recovery codes, and asks for no code any more', async () => {
    const person = await signUpWithApp(test)
    const late = await challenge(test.ctx, person)
    await deactivateSecondFactor(test.ctx, { ...(await recentOf(person)), password: person.password })
    await expect(logIn(test.ctx, person)).resolves.toBeDefined()
    expect(await identityOf(test.ctx, person)).toMatchObject({ acr: 'aal1', secondFactor: false })
    const code = totpCode(person.secret, test.clock)
    expect(await refusalOf(verifyTotp(test.ctx, { challengeId: late, code }))).toMatchObject({
      code: 'challenge_invalid',
    })
    for (const table of ['totp_factors', 'recovery_codes'])
      expect(
        await test.database.sql`select 1 from ${test.database.sql(table)} where user_id = ${person.userId}`,
      ).toHaveLength(0)
    const [row] = await test.database.sql`select amr from sessions where id = ${person.sessionId}`
    expect(row?.amr).toBe('pwd otp')
    expect(await countEvents(test, person.userId, 'second_factor_disabled')).toBe(1)
  })

  it('needs the password, and a factor that was proven a short time ago', async () => {
    const person = await signUpWithApp(test)
    const { identity } = await recentOf(person)
    const attempt = (changes: object) =>
      refusalOf(
        deactivateSecondFactor(test.ctx, {
          identity: { ...identity, ...changes },
          password: 'a wrong battery',
        }),
      )
    expect(await attempt({})).toEqual({ code: 'invalid_password', detail: 'Invalid password.' })
    const notRecent = { code: 'insufficient_user_authentication' }
    expect(await attempt({ acr: 'aal1' })).toMatchObject(notRecent)
    expect(await attempt({ authAgeSeconds: 901 })).toMatchObject(notRecent)
    expect(
      await refusalOf(replaceRecoveryCodes(test.ctx, { identity: { ...identity, acr: 'aal1' } })),
    ).toMatchObject(notRecent)
  })

  it('is refused where a second factor is required, by the mode or by the role', async () => {
    const person = await signUpWithApp(test)
    const input = { ...(await recentOf(person)), password: person.password }
    const refused = { code: 'mfa_required', detail: 'MFA TOTP is required and cannot be disabled.' }
    for (const config of [{ mfaMode: 'required' as const }, { mfaRequiredRoles: [0] }])
      expect(await refusalOf(deactivateSecondFactor(withConfig(test.ctx, config), input))).toEqual(refused)
  })

  it('is refused when it is off, for a user without any factor', async () => {
    const person = await signUp(test.ctx)
    const identity = await identityOf(test.ctx, person)
    expect(
      await refusalOf(deactivateSecondFactor(test.ctx, { identity, password: person.password })),
    ).toEqual({
      code: 'totp_not_active',
      detail: 'TOTP not activated.',
    })
    expect(await refusalOf(replaceRecoveryCodes(test.ctx, { identity }))).toMatchObject({
      code: 'no_second_factor',
    })
  })

  it('happens once for fifty callers at once', async () => {
    const person = await signUpWithApp(test)
    const input = { ...(await recentOf(person)), password: person.password }
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => deactivateSecondFactor(test.ctx, input)),
    )
    expect(fulfilled(results)).toHaveLength(1)
    expect(await countEvents(test, person.userId, 'second_factor_disabled')).toBe(1)
  })
})

describe('turning the second factor on with a passkey', () => {
  it('asks for it at the next sign-in, ends other sessions with one factor, and gives codes once', async () => {
    const person = await signUp(test.ctx)
    const identity = await identityOf(test.ctx, person)
    expect(await refusalOf(enableSecondFactor(test.ctx, { identity }))).toEqual({
      code: 'no_second_factor',
      detail: 'There is no second factor yet.',
    })
    await addPasskey(person.userId)
    await logIn(test.ctx, person)
    expect(await enableSecondFactor(test.ctx, { identity })).toHaveLength(10)
    expect(await test.database.sql`select id from sessions where user_id = ${person.userId}`).toEqual([
      { id: person.sessionId },
    ])
    await expect(challenge(test.ctx, person)).resolves.toBeDefined()
    const again = { ...identity, acr: 'aal2' as const, secondFactor: true }
    expect(await enableSecondFactor(test.ctx, { identity: again })).toBeNull()
  })

  it('happens once for fifty callers at once', async () => {
    const person = await signUp(test.ctx)
    await addPasskey(person.userId)
    const identity = await identityOf(test.ctx, person)
    const results = await Promise.all(
      Array.from({ length: 50 }, () => enableSecondFactor(test.ctx, { identity })),
    )
    expect(results.filter((codes) => codes !== null)).toHaveLength(1)
    const [row] = await test.database.sql`
      select count(*)::int from recovery_codes where user_id = ${person.userId}`
    expect(row?.count).toBe(10)
  })

  it('does not count a passkey of another site, or while passkeys are disabled', async () => {
    const person = await signUp(test.ctx)
    await addPasskey(person.userId)
    const identity = await identityOf(test.ctx, person)
    for (const config of [{ passkeyRpId: 'other.example' }, { passkeysEnabled: false }])
      expect(await refusalOf(enableSecondFactor(withConfig(test.ctx, config), { identity }))).toMatchObject({
        code: 'no_second_factor',
      })
  })

  it('and its removal at once leave nobody needing what is gone', async () => {
    for (let round = 0; round < 20; round++) {
      const person = await signUp(test.ctx)
      await addPasskey(person.userId)
      const identity = await identityOf(test.ctx, person)
      const remove = test.database.sql.begin(async (tx) => {
        await tx`select 1 from users where id = ${person.userId} for no key update`
        const [row] = await tx`select second_factor from users where id = ${person.userId}`
        if (row?.second_factor === false) await tx`delete from passkeys where user_id = ${person.userId}`
      })
      await Promise.allSettled([enableSecondFactor(test.ctx, { identity }), remove])
      const [row] = await test.database.sql`
        select second_factor, (select count(*)::int from passkeys p where p.user_id = u.id) as passkeys
        from users u where id = ${person.userId}`
      expect(row?.second_factor).toBe(row?.passkeys === 1)
    }
  })
})

describe('new recovery codes', () => {
  it('are ten for the last of fifty callers at once', async () => {
    const person = await signUpWithApp(test)
    const input = await recentOf(person)
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => replaceRecoveryCodes(test.ctx, input)),
    )
    expect(refusalsOf(results)).toEqual({})
    const [row] = await test.database.sql`
      select count(*)::int from recovery_codes where user_id = ${person.userId}`
    expect(row?.count).toBe(10)
  })
})

it('each change is recorded and mailed, also to an unproven address', async () => {
  const person = await signUpWithApp(test)
  await replaceRecoveryCodes(test.ctx, await recentOf(person))
  await deactivateSecondFactor(test.ctx, { ...(await recentOf(person)), password: person.password })
  const texts = await mailsTo(person.email)
  expect(texts).toHaveLength(3)
  const sentences = [
    'An authenticator app was set up.',
    'New recovery codes were made.',
    'Two-step sign-in was turned off.',
  ]
  for (const sentence of sentences) expect(texts.filter((text) => text.includes(sentence))).toHaveLength(1)
  for (const text of texts) expect(text).not.toContain(person.secret)
})
