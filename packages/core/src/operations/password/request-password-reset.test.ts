import {
  createMailingCore,
  type MailingCore,
  newEmail,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { UserId } from '../../words/ids.ts'
import { register } from '../registration/register.ts'
import { deactivateUser } from '../staff/deactivate-user.ts'
import { requestPasswordReset } from './request-password-reset.ts'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())

it('a reset request mails a link to a user, and nothing to an address without a user', async () => {
  const { email } = await signUp(test.ctx)
  const stranger = newEmail()
  await requestPasswordReset(test.ctx, { email })
  await requestPasswordReset(test.ctx, { email: stranger })
  expect(await test.mailbox.kindsTo(email)).toEqual(['reset-password'])
  expect(await test.mailbox.kindsTo(stranger)).toEqual([])
})

it('a reset request for a deactivated user mails nothing after the notice of the deactivation', async () => {
  const { email, userId } = await signUp(test.ctx)
  await deactivateUser(test.ctx, { by: OPERATOR, userId: userId as UserId })
  await requestPasswordReset(test.ctx, { email })
  expect(await test.mailbox.kindsTo(email)).toEqual(['account-deactivated'])
})

it('with mandatory verification a reset request mails a link only to a verified address', async () => {
  const ctx = withConfig(test.ctx, { emailVerification: 'mandatory' })
  const { email, userId } = await signUp(test.ctx)
  const { email: pending } = signUpForm()
  await register(ctx, signUpForm({ email: pending }))
  await requestPasswordReset(ctx, { email })
  await requestPasswordReset(ctx, { email: pending })
  expect(await test.mailbox.kindsTo(email)).toEqual([])
  expect(await test.mailbox.kindsTo(pending)).toEqual(['confirm-registration'])
  await test.database.sql`update users set email_verified = true where id = ${userId}`
  await requestPasswordReset(ctx, { email })
  expect(await test.mailbox.kindsTo(email)).toEqual(['reset-password'])
})

it('a reset request during a change of address leaves no link behind', async () => {
  const { email, userId } = await signUp(test.ctx)
  const id = userId as UserId
  let asked: Promise<void> | undefined
  await test.ctx.db.transaction(async (tx) => {
    await changeSecurity(tx, test.ctx.clock, { id, email: newEmail() })
    asked = requestPasswordReset(test.ctx, { email })
    await test.database.waitForBlocked()
    await deleteCapabilitiesOfUser(tx, id)
  })
  await asked
  expect(await test.database.sql`select purpose from capabilities where user_id = ${id}`).toEqual([])
  expect(await test.mailbox.kindsTo(email)).toEqual([])
})
