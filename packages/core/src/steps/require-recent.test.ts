import {
  createTestCore,
  raiseLevel,
  signUp,
  signUpWithFactors,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { NO_PROVIDERS } from '../services/providers/providers.ts'
import { DomainError, type RequiredProof } from '../words/errors.ts'
import { authenticate } from './authenticate.ts'
import type { Identity } from './identity.ts'
import { requireLevelOfRole, requireRecent, requireRecentOfFactor } from './require-recent.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(() => {
  test.clock.seconds = 0
})
afterAll(() => test.close())

type Guard = (ctx: Context, identity: Identity) => Promise<void>

/** What a guard demands; null when it lets the caller pass. */
async function demandOf(guard: Guard, access: string, ctx = test.ctx): Promise<RequiredProof | null> {
  const refused = await guard(ctx, await authenticate(ctx, access)).then(
    () => null,
    (error: unknown) => error,
  )
  if (refused === null) return null
  if (!(refused instanceof DomainError) || !refused.requiredProof) throw refused
  expect(refused.code).toBe('insufficient_user_authentication')
  return refused.requiredProof
}

describe('a recent proof', () => {
  it('is one of at most REAUTHENTICATION_MAX_AGE ago', async () => {
    const { tokens } = await signUp(test.ctx)
    const shown = { maxAgeSeconds: 900, acr: null, methods: ['password'] }
    test.clock.seconds = 890
    expect(await demandOf(requireRecent, tokens.access)).toBeNull()
    test.clock.seconds = 901
    expect(await demandOf(requireRecent, tokens.access)).toEqual(shown)
    const longer = withConfig(test.ctx, { reauthenticationMaxAgeSeconds: 1000 })
    expect(await demandOf(requireRecent, tokens.access, longer)).toBeNull()
  })

  it('is one of aal2 where the second factor is on, however recent it is', async () => {
    const owner = await signUpWithFactors(test, { totp: true, codes: true })
    const shown = { maxAgeSeconds: 900, acr: 'aal2', methods: ['totp', 'recovery_code'] }
    expect(await demandOf(requireRecent, owner.access)).toEqual(shown)
    await raiseLevel(test, owner.sessionId)
    expect(await demandOf(requireRecent, owner.access)).toBeNull()
    test.clock.seconds = 901
    expect(await demandOf(requireRecent, owner.access)).toEqual({ ...shown, acr: null })
  })

  it('may be a passkey or the password where the second factor is off', async () => {
    const owner = await signUpWithFactors(test, { passkey: true, on: false })
    test.clock.seconds = 901
    expect(await demandOf(requireRecent, owner.access)).toMatchObject({ methods: ['passkey', 'password'] })
  })

  it('needs no level while MFA_MODE is disabled', async () => {
    const owner = await signUpWithFactors(test, { totp: true })
    const disabled = withConfig(test.ctx, { mfaMode: 'disabled' })
    expect(await demandOf(requireRecent, owner.access, disabled)).toBeNull()
    test.clock.seconds = 901
    expect(await demandOf(requireRecent, owner.access, disabled)).toMatchObject({ methods: ['password'] })
  })
})

it('an operation that asks for the password by itself asks for a proof only where the second factor is on', async () => {
  const [{ tokens }, owner] = [await signUp(test.ctx), await signUpWithFactors(test, { totp: true })]
  test.clock.seconds = 901
  expect(await demandOf(requireRecentOfFactor, tokens.access)).toBeNull()
  expect(await demandOf(requireRecentOfFactor, owner.access)).toMatchObject({ acr: 'aal2' })
})

it('a role that must have a second factor acts in a session of aal2 only, of any age', async () => {
  const { tokens, sessionId, userId } = await signUp(test.ctx)
  await test.database.sql`update users set role = 1000 where id = ${userId}`
  const list = () => [{ id: 'google', name: 'Google', clientId: 'web' }]
  const ofStaff = {
    ...withConfig(test.ctx, { mfaRequiredRoles: [1000] }),
    providers: { ...NO_PROVIDERS, list },
  }
  await test.database.sql`insert into connections values
    (gen_random_uuid(), ${userId}, 'google', ${userId}, now(), now())`
  expect(await demandOf(requireLevelOfRole, tokens.access)).toBeNull()
  // A password and a provider give no second factor, so they are not offered.
  const demand = { acr: 'aal2', methods: [] }
  expect(await demandOf(requireLevelOfRole, tokens.access, ofStaff)).toMatchObject(demand)
  await raiseLevel(test, sessionId)
  test.clock.seconds = 901
  expect(await demandOf(requireLevelOfRole, tokens.access, ofStaff)).toBeNull()
})
