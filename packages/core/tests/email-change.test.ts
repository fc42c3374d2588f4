import {
  createMailingCore,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reauthenticate } from '../src/operations/auth/reauthenticate.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { confirmEmailChange, findEmailChangeLink } from '../src/operations/email/confirm-email-change.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { changeSecurity } from '../src/tables/users/change.ts'
import type { UserId } from '../src/words/ids.ts'

const NOT_FOUND = { code: 'not_found' }
const WRONG = { fields: { password: ['Your password was entered incorrectly.'] } }

let test: MailingCore
let person: Person
let target: string
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  test.clock.seconds = 0
  person = await signUp(test.ctx)
  // An unproven address reads no address that a caller typed.
  await test.database.sql`update users set email_verified = true where id = ${person.userId}`
  target = newEmail()
})
afterAll(() => test.close())

const identify = () => authenticate(test.ctx, person.tokens.access)

async function request(email = target): Promise<string> {
  await requestEmailChange(test.ctx, { identity: await identify(), newEmail: email, password: PASSWORD })
  return (await test.mailbox.next(email, 'confirm-email-change')).secret
}

const confirm = (key: string) => confirmEmailChange(test.ctx, { key })

async function addressOf(userId: string): Promise<string> {
  const [row] = await test.database.sql`select email from users where id = ${userId}`
  return row?.email
}

describe('a request for another address', () => {
  it('mails a link to the new address and a notice to the present one, and changes nothing', async () => {
    await request()
    const notice = await test.mailbox.next(person.email, 'email-change-requested')
    expect(notice.text).toContain(target)
    expect(notice.link).toBe('')
    expect(await addressOf(person.userId)).toBe(person.email)
  })

  it('is refused in a session that ended after the caller was admitted, as when a second factor is turned on', async () => {
    const identity = await identify()
    await test.database.sql`delete from sessions where user_id = ${person.userId}`
    const request = { identity, newEmail: target, password: PASSWORD }
    expect(await refusalOf(requestEmailChange(test.ctx, request))).toMatchObject({ code: 'token_not_valid' })
    expect(await test.mailbox.kindsTo(person.email)).toEqual([])
  })

  it('for a taken address mails the notice, but no link', async () => {
    const other = await signUp(test.ctx)
    await requestEmailChange(test.ctx, {
      identity: await identify(),
      newEmail: other.email,
      password: PASSWORD,
    })
    expect(await test.mailbox.kindsTo(other.email)).toEqual([])
    expect(await test.mailbox.kindsTo(person.email)).toEqual(['email-change-requested'])
  })

  it('voids the link of an earlier request, whose address may have been a typing error', async () => {
    const mistyped = await request(newEmail())
    const key = await request()
    expect(await refusalOf(confirm(mistyped))).toMatchObject(NOT_FOUND)
    expect(await addressOf(person.userId)).toBe(person.email)
    await confirm(key)
    expect(await addressOf(person.userId)).toBe(target)
  })

  it('voids the earlier link also when the new address is taken', async () => {
    const mistyped = await request(newEmail())
    const newEmailOfOther = (await signUp(test.ctx)).email
    const wish = { identity: await identify(), newEmail: newEmailOfOther, password: PASSWORD }
    await requestEmailChange(test.ctx, wish)
    expect(await refusalOf(confirm(mistyped))).toMatchObject(NOT_FOUND)
  })

  it('leaves a used link, which goes on redirecting', async () => {
    const used = await request()
    await confirm(used)
    await request(newEmail())
    await expect(confirm(used)).resolves.toBeUndefined()
    expect(await addressOf(person.userId)).toBe(target)
  })

  it('several times at once leaves one link that works', async () => {
    const identity = await identify()
    const wishes = Array.from({ length: 4 }, () => newEmail())
    await Promise.all(
      wishes.map((newEmail) => requestEmailChange(test.ctx, { identity, newEmail, password: PASSWORD })),
    )
    const links = await test.database
      .sql`select 1 from capabilities where user_id = ${person.userId} and purpose = 'change_email' and used_at is null`
    expect(links).toHaveLength(1)
  })

  it('with a wrong password mails nothing', async () => {
    const wish = { identity: await identify(), newEmail: target, password: 'wrong' }
    expect(await refusalOf(requestEmailChange(test.ctx, wish))).toMatchObject(WRONG)
    expect(await test.mailbox.kindsTo(target)).toEqual([])
    expect(await test.mailbox.kindsTo(person.email)).toEqual([])
  })

  it('during a change of the password leaves no link behind', async () => {
    const identity = await identify()
    let asked: Promise<unknown> | undefined
    await test.ctx.db.transaction(async (tx) => {
      await changeSecurity(tx, test.ctx.clock, { id: person.userId as UserId, passwordHash: 'another' })
      asked = refusalOf(requestEmailChange(test.ctx, { identity, newEmail: target, password: PASSWORD }))
      await test.database.waitForBlocked()
    })
    expect(await asked).toMatchObject(WRONG)
    expect(await test.mailbox.kindsTo(target)).toEqual([])
  })
})

describe('following the link', () => {
  it('keeps the session that proved again, since the request, that the user is itself', async () => {
    const key = await request()
    const prove = async () => reauthenticate(test.ctx, { identity: await identify(), password: PASSWORD })
    // The answer of the first one got lost.
    await prove()
    const successor = await prove()
    await confirm(key)
    await expect(refreshSession(test.ctx, successor)).resolves.toBeDefined()
    expect(await refusalOf(identify())).toMatchObject({ code: 'token_not_valid' })
  })

  it('changes the address, ends the other sessions and links, and mails the former address', async () => {
    const other = await logIn(test.ctx, person)
    const unused = await request(newEmail())
    await confirm(await request())
    expect(await addressOf(person.userId)).toBe(target)
    const { access } = await refreshSession(test.ctx, person.tokens)
    expect(readClaims(access)).toMatchObject({ email_verified: true })
    expect(await refusalOf(refreshSession(test.ctx, other))).toMatchObject({ code: 'token_not_valid' })
    expect(await refusalOf(logIn(test.ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
    await expect(logIn(test.ctx, { email: target, password: PASSWORD })).resolves.toBeDefined()
    expect(await refusalOf(confirm(unused))).toMatchObject(NOT_FOUND)
    const notice = await test.mailbox.next(person.email, 'email-changed')
    expect(notice.text).toContain(target)
  })

  it('again gets the same answer and changes nothing, until the link expires', async () => {
    const key = await request()
    await Promise.all(Array.from({ length: 20 }, () => confirm(key)))
    await confirm(key)
    expect(await test.mailbox.kindsTo(person.email)).toEqual(['email-change-requested', 'email-changed'])
    const changes = await test.database
      .sql`select 1 from audit_events where kind = 'email_changed' and user_id = ${person.userId}`
    expect(changes).toHaveLength(1)
    test.clock.seconds += test.ctx.config.emailConfirmationLifetimeSeconds + 1
    expect(await refusalOf(confirm(key))).toMatchObject(NOT_FOUND)
  })

  it('to an address that another user has by now is not found, and changes nothing', async () => {
    const key = await request()
    const winner = await signUp(test.ctx, target)
    expect(await refusalOf(confirm(key))).toMatchObject(NOT_FOUND)
    expect(await addressOf(person.userId)).toBe(person.email)
    expect(await addressOf(winner.userId)).toBe(target)
    expect(await findEmailChangeLink(test.ctx, key)).toMatchObject({ usedAt: null })
  })

  it('of two users to one address at once gives the address to one of them', async () => {
    const keys = [await request()]
    const first = person
    person = await signUp(test.ctx)
    keys.push(await request())
    const answers = await Promise.allSettled(keys.map(confirm))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const addresses = [await addressOf(first.userId), await addressOf(person.userId)]
    expect(addresses.filter((address) => address === target)).toHaveLength(1)
  })

  it('voids the links of the pending sign-ups for the address', async () => {
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    await register(mandatory, signUpForm({ email: target }))
    const { secret } = await test.mailbox.next(target, 'confirm-registration')
    await confirm(await request())
    expect(await refusalOf(verifyEmail(mandatory, { key: secret }))).toMatchObject(NOT_FOUND)
  })
})

describe('the link of a change of address is not found', () => {
  it('after a change of the password', async () => {
    const key = await request()
    await changePassword(test.ctx, {
      identity: await identify(),
      oldPassword: PASSWORD,
      newPassword1: NEW_PASSWORD,
      newPassword2: NEW_PASSWORD,
    })
    expect(await refusalOf(confirm(key))).toMatchObject(NOT_FOUND)
  })

  it('after the user is deactivated', async () => {
    const key = await request()
    await deactivateUser(test.ctx, { by: OPERATOR, userId: person.userId as UserId })
    expect(await refusalOf(confirm(key))).toMatchObject(NOT_FOUND)
  })

  it('after it has expired', async () => {
    const key = await request()
    test.clock.seconds += test.ctx.config.emailConfirmationLifetimeSeconds + 1
    expect(await findEmailChangeLink(test.ctx, key)).toBeNull()
    expect(await refusalOf(confirm(key))).toMatchObject(NOT_FOUND)
    expect(await addressOf(person.userId)).toBe(person.email)
  })
})
