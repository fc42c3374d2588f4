import {
  createMailingCore,
  type MailingCore,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { verifyUserEmail } from '../src/operations/staff/verify-user-email.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate, authenticateForLogout } from '../src/steps/authenticate.ts'
import type { UserId } from '../src/words/ids.ts'

const REFUSED = { code: 'email_not_verified', detail: 'User email is not verified' }

let test: MailingCore
let optional: Context
let mandatory: Context
let person: Person
beforeAll(async () => {
  test = await createMailingCore()
  optional = withConfig(test.ctx, { emailVerification: 'optional' })
  mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
})
beforeEach(async () => {
  person = await signUp(optional)
})
afterAll(() => test.close())

async function readSession({ sessionId }: Person) {
  const [row] = await test.database.sql`select * from sessions where id = ${sessionId}`
  return row
}

async function verifyByMail({ email }: Person): Promise<void> {
  await resendVerification(mandatory, { email })
  const { secret } = await test.mailbox.next(email, 'verify-email')
  await verifyEmail(mandatory, { key: secret })
}

describe('a session of an unverified user, after a switch to mandatory verification', () => {
  it('is not refreshed and not changed, and goes on with the same token after the verification', async () => {
    const before = await readSession(person)
    expect(await refusalOf(refreshSession(mandatory, person.tokens))).toEqual(REFUSED)
    expect(await readSession(person)).toEqual(before)
    await verifyByMail(person)
    const renewed = await refreshSession(mandatory, person.tokens)
    expect(readClaims(renewed.access)).toMatchObject({ session: person.sessionId, email_verified: true })
  })

  it('goes on when the operator vouches for the address', async () => {
    await verifyUserEmail(mandatory, { by: OPERATOR, userId: person.userId })
    await expect(refreshSession(mandatory, person.tokens)).resolves.toBeDefined()
    await expect(authenticate(mandatory, person.tokens.access)).resolves.toBeDefined()
  })

  it('goes on after a switch back', async () => {
    expect(await refusalOf(refreshSession(mandatory, person.tokens))).toEqual(REFUSED)
    await expect(refreshSession(optional, person.tokens)).resolves.toBeDefined()
  })

  it('gets no tokens within the grace either, by the current and by the former token', async () => {
    const current = await refreshSession(optional, person.tokens)
    for (const tokens of [current, person.tokens]) {
      expect(await refusalOf(refreshSession(mandatory, tokens))).toEqual(REFUSED)
    }
    await expect(refreshSession(optional, current)).resolves.toBeDefined()
  })

  it('gets no access by its access token, as it gets none by a sign-in', async () => {
    expect(await refusalOf(authenticate(mandatory, person.tokens.access))).toEqual(REFUSED)
    expect(await refusalOf(login(mandatory, person))).toEqual(REFUSED)
    await verifyByMail(person)
    await expect(authenticate(mandatory, person.tokens.access)).resolves.toBeDefined()
  })

  it('can be signed out', async () => {
    const { tokens, userId } = person
    const identity = await authenticateForLogout(mandatory, tokens.access)
    expect(identity.userId).toBe(userId)
    await logout(mandatory, { identity, refresh: tokens.refresh })
    expect(await readSession(person)).toBeUndefined()
  })

  it('ends by a stale token, as any other session', async () => {
    const current = await refreshSession(optional, person.tokens)
    test.clock.seconds += 31
    expect(await refusalOf(refreshSession(mandatory, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
    expect(await refusalOf(refreshSession(optional, current))).toMatchObject({ code: 'token_not_valid' })
    test.clock.seconds -= 31
  })

  it('expires while it waits', async () => {
    const lifetime = mandatory.config.refreshTokenLifetimeSeconds
    test.clock.seconds += lifetime + 1
    const refusal = { code: 'token_not_valid', detail: 'Token is expired' }
    expect(await refusalOf(refreshSession(mandatory, person.tokens))).toEqual(refusal)
    test.clock.seconds -= lifetime + 1
  })

  it('is refused as deactivated when its user is deactivated', async () => {
    await deactivateUser(mandatory, { by: OPERATOR, userId: person.userId as UserId })
    expect(await refusalOf(authenticate(mandatory, person.tokens.access))).toMatchObject({
      code: 'user_inactive',
    })
    expect(await refusalOf(refreshSession(mandatory, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
  })

  it('records no event per refusal, so that a client that asks again and again fills no table', async () => {
    const count = async () => {
      const [row] = await test.database.sql`select count(*)::int from audit_events`
      return row?.count
    }
    const before = await count()
    for (let ask = 0; ask < 5; ask++) await refusalOf(refreshSession(mandatory, person.tokens))
    expect(await count()).toBe(before)
  })
})

it('a verified user is refreshed with mandatory verification', async () => {
  await verifyByMail(person)
  await expect(refreshSession(mandatory, person.tokens)).resolves.toBeDefined()
})

it('a refresh that waits for the verification of its user is answered with tokens', async () => {
  const verification = await test.database.sql.reserve()
  await verification`begin`
  await verification`update users set email_verified = true where id = ${person.userId}`
  await verification`select 1 from sessions where id = ${person.sessionId} for update`
  const refreshed = refreshSession(mandatory, person.tokens)
  await test.database.waitForBlocked()
  await verification`commit`
  verification.release()
  expect(readClaims((await refreshed).access).email_verified).toBe(true)
})

it('an unverified user gets no reset link with mandatory verification, and can reset with optional', async () => {
  await requestPasswordReset(mandatory, { email: person.email })
  expect(await test.mailbox.kindsTo(person.email)).not.toContain('reset-password')
  await requestPasswordReset(optional, { email: person.email })
  expect(await test.mailbox.kindsTo(person.email)).toContain('reset-password')
})
