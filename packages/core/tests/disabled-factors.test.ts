import { createTestCore, refusalOf, signUpWithFactors, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { reauthenticate } from '../src/operations/auth/reauthenticate.ts'
import { deactivateSecondFactor } from '../src/operations/mfa/deactivate-second-factor.ts'
import { enableSecondFactor } from '../src/operations/mfa/enable-second-factor.ts'
import { getMfaStatus } from '../src/operations/mfa/get-mfa-status.ts'
import { listAuthenticators } from '../src/operations/mfa/list-authenticators.ts'
import { replaceRecoveryCodes } from '../src/operations/mfa/replace-recovery-codes.ts'
import { verifyPasskey } from '../src/operations/mfa/verify-passkey.ts'
import { deletePasskey } from '../src/operations/passkeys/delete-passkey.ts'
import { describePasskeySignIn } from '../src/operations/passkeys/describe-passkey-sign-in.ts'
import { renamePasskey } from '../src/operations/passkeys/rename-passkey.ts'
import { signInWithPasskey } from '../src/operations/passkeys/sign-in-with-passkey.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { Identity } from '../src/steps/identity.ts'

type Operation = (ctx: Context, given: { identity: Identity; passkeyId: string }) => Promise<unknown>

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Signs up an owner of every factor, and returns the refusal of an operation that it asks for. */
async function refuse(ctx: Context, operation: Operation): Promise<unknown> {
  const owner = await signUpWithFactors(test, { totp: true, passkey: true, codes: true })
  const identity = await authenticate(ctx, owner.access)
  const [row] = await test.database.sql`select id from passkeys where user_id = ${owner.userId}`
  const refusal = await refusalOf(operation(ctx, { identity, passkeyId: row?.id }))
  const [left] = await test.database.sql`select
      (select count(*)::int from passkeys where user_id = users.id and name = 'Phone') passkeys,
      (select count(*)::int from recovery_codes where user_id = users.id) codes, second_factor
    from users where id = ${owner.userId}`
  expect(left).toEqual({ passkeys: 1, codes: 1, second_factor: true })
  return refusal
}

describe('where second factors are disabled', () => {
  const operations: Record<string, Operation> = {
    'the status': (ctx, { identity }) => getMfaStatus(ctx, { identity }),
    'the list of authenticators': (ctx, { identity }) => listAuthenticators(ctx, { identity }),
    'turning on': (ctx, { identity }) => enableSecondFactor(ctx, { identity }),
    'turning off': (ctx, { identity }) => deactivateSecondFactor(ctx, { identity, password: 'any' }),
    'new recovery codes': (ctx, { identity }) => replaceRecoveryCodes(ctx, { identity }),
    'a proof by a code': (ctx, { identity }) => reauthenticate(ctx, { identity, code: '123456' }),
    'a proof by a recovery code': (ctx, { identity }) =>
      reauthenticate(ctx, { identity, recoveryCode: 'any' }),
  }

  it.each(Object.entries(operations))('%s is refused, and the factors stay', async (_, operation) => {
    expect(await refuse(withConfig(test.ctx, { mfaMode: 'disabled' }), operation)).toMatchObject({
      code: 'mfa_disabled',
    })
  })
})

describe('where passkeys are disabled', () => {
  const operations: Record<string, Operation> = {
    'a removal': (ctx, given) => deletePasskey(ctx, given),
    'a new name': (ctx, given) => renamePasskey(ctx, { ...given, name: 'Other' }),
    'the description of a sign-in': (ctx) => describePasskeySignIn(ctx),
    'a sign-in': (ctx) => signInWithPasskey(ctx, { credential: {} }),
    'a second step': (ctx) => verifyPasskey(ctx, { challengeId: 'any', credential: {} }),
    'a proof': (ctx, { identity }) => reauthenticate(ctx, { identity, credential: {} }),
  }

  it.each(Object.entries(operations))('%s is refused, and the passkey stays', async (_, operation) => {
    expect(await refuse(withConfig(test.ctx, { passkeysEnabled: false }), operation)).toMatchObject({
      code: 'passkeys_disabled',
    })
  })
})
