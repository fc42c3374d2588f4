import {
  createTestCore,
  moveIn,
  newEmail,
  OLD_TOKENS,
  PASSWORD,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterEach, expect, it } from 'vitest'
import { logout } from '../src/operations/auth/logout.ts'
import { reauthenticateWithPassword } from '../src/operations/auth/reauthenticate-with-password.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { NO_LIMITS, type ThrottleLimits } from '../src/words/rate-limits.ts'

let test: TestCore
afterEach(() => test.close())

const THROTTLED = { code: 'throttled' }

/** Opens a core whose limit allows one call an hour. */
async function openWithOne(limit: keyof ThrottleLimits): Promise<void> {
  const limits = { ...NO_LIMITS, [limit]: { calls: 1, seconds: 3600 } }
  test = await createTestCore({ throttle: { store: 'memory', redisUrl: null, limits } })
}

async function askChange(newEmailOf: string, tokens: { access: string }): Promise<void> {
  const identity = await authenticate(test.ctx, tokens.access)
  await requestEmailChange(test.ctx, { identity, newEmail: newEmailOf, password: PASSWORD })
}

it('a refresh is counted by its session', async () => {
  await openWithOne('refresh')
  const [one, other] = [await signUp(test.ctx), await signUp(test.ctx)]
  await refreshSession(test.ctx, one.tokens)
  expect(await refusalOf(refreshSession(test.ctx, one.tokens))).toMatchObject(THROTTLED)
  await expect(refreshSession(test.ctx, other.tokens)).resolves.toBeDefined()
})

it('a text that is no refresh token is counted as a call without a token', async () => {
  await openWithOne('anon')
  const refresh = () => refusalOf(refreshSession(test.ctx, { refresh: 'garbage' }))
  expect(await refresh()).toMatchObject({ code: 'token_not_valid' })
  expect(await refresh()).toMatchObject(THROTTLED)
})

it('a sign-out with a text that is no refresh token is counted as a refused token', async () => {
  await openWithOne('user')
  const { tokens } = await signUp(test.ctx)
  const signOut = (refresh: string) => logout(test.ctx, { identity: null, refresh })
  expect(await refusalOf(signOut('garbage'))).toMatchObject({ code: 'invalid_refresh_token' })
  expect(await refusalOf(signOut('garbage'))).toMatchObject(THROTTLED)
  await expect(signOut(tokens.refresh)).resolves.toBeUndefined()
})

it('a reset is counted as a mail, also to an unknown address', async () => {
  await openWithOne('mail')
  for (const email of [newEmail(), (await signUp(test.ctx)).email]) {
    await requestPasswordReset(test.ctx, { email })
    expect(await refusalOf(requestPasswordReset(test.ctx, { email }))).toMatchObject(THROTTLED)
  }
})

it('a change of address is counted by its user and by the new address', async () => {
  await openWithOne('mail')
  const [one, other] = [await signUp(test.ctx), await signUp(test.ctx)]
  const target = newEmail()
  await askChange(target, one.tokens)
  expect(await refusalOf(askChange(newEmail(), one.tokens))).toMatchObject(THROTTLED)
  expect(await refusalOf(askChange(target, other.tokens))).toMatchObject(THROTTLED)
})

it('a password that a signed-in caller gives again is counted by its session', async () => {
  await openWithOne('login')
  const { tokens } = await signUp(test.ctx)
  const identity = await authenticate(test.ctx, tokens.access)
  const check = () => refusalOf(reauthenticateWithPassword(test.ctx, { identity, password: 'wrong' }))
  expect(await check()).not.toMatchObject(THROTTLED)
  expect(await check()).toMatchObject(THROTTLED)
})

it('a call of an unverified user is counted by its session where the address must be verified', async () => {
  await openWithOne('user')
  const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
  const [one, other] = [await signUp(test.ctx), await signUp(test.ctx)]
  const call = ({ tokens }: typeof one) => refusalOf(authenticate(mandatory, tokens.access))
  expect(await call(one)).toMatchObject({ code: 'email_not_verified' })
  expect(await call(one)).toMatchObject(THROTTLED)
  expect(await call(other)).toMatchObject({ code: 'email_not_verified' })
})

it('an expired refresh token of another deployment is counted as a call without a token, and ends nothing', async () => {
  const limits = { ...NO_LIMITS, anon: { calls: 1, seconds: 3600 } }
  const throttle = { store: 'memory', redisUrl: null, limits } as const
  test = await createTestCore({ throttle, oldTokens: OLD_TOKENS })
  const { tokens, sessionId } = await moveIn(test)
  test.clock.seconds += (readClaims(tokens.refresh).exp ?? 0) - Date.now() / 1000 + 60
  const refresh = () => refusalOf(refreshSession(test.ctx, tokens))
  expect(await refresh()).toMatchObject({ code: 'token_not_valid' })
  expect(await refresh()).toMatchObject(THROTTLED)
  const leaving = logout(test.ctx, { identity: null, refresh: tokens.refresh })
  expect(await refusalOf(leaving)).toMatchObject({ code: 'invalid_refresh_token' })
  expect(await test.database.sql`select from sessions where id = ${sessionId}`).toHaveLength(1)
})
