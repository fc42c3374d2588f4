import { createTestCore, newEmail, signUp, signUpForm, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { requestPasswordReset } from '../operations/password/request-password-reset.ts'
import { register } from '../operations/registration/register.ts'
import { findCredentials } from '../tables/users/find.ts'
import type { UserId } from '../words/ids.ts'
import { OPERATOR } from './actor.ts'
import { hideAddress } from './address-forms.ts'
import { eraseUser } from './erase-user.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Makes a user whose address also has a decoy link, a sign-up, and a shadow. */
async function makeUser(email: string): Promise<UserId> {
  const { ctx, database } = test
  await requestPasswordReset(ctx, { email })
  await register(withConfig(ctx, { emailVerification: 'mandatory' }), signUpForm({ email }))
  const { userId } = await signUp(ctx, email)
  await database.sql`
    insert into pending_registrations
      (id, email, password_hash, first_name, last_name, is_shadow, created_at, expires_at)
    select gen_random_uuid(), email, password_hash, '', '', true, created_at, expires_at
    from pending_registrations where email = ${email}`
  return userId as UserId
}

async function erase(userId: UserId, ifEpoch?: number): Promise<boolean> {
  const user = await findCredentials(test.ctx.db, userId)
  if (!user) throw new Error('There is no such user.')
  return transaction(test.ctx.db, (tx) => eraseUser(test.ctx, tx, { user, by: OPERATOR, ifEpoch }))
}

const pendingsOf = (email: string) =>
  test.database.sql`select first_name, is_shadow from pending_registrations where email = ${email}`
const linksOf = (email: string) => test.database.sql`select purpose from capabilities where email = ${email}`
const eventsOf = (userId: string) => test.database.sql`
  select kind, ip, browser, os, device from audit_events where user_id = ${userId} order by id`

it('an erasure leaves no row with the address, and no event with the client', async () => {
  const email = newEmail()
  const userId = await makeUser(email)
  expect([...(await pendingsOf(email))].map((row) => row.is_shadow).sort()).toEqual([false, true])
  expect(await linksOf(email)).not.toHaveLength(0)
  expect((await eventsOf(userId)).some((event) => event.ip !== null)).toBe(true)
  expect(await erase(userId)).toBe(true)
  expect(await pendingsOf(email)).toHaveLength(0)
  expect(await linksOf(email)).toHaveLength(0)
  const nobody = { first_name: '', is_shadow: true }
  expect([...(await pendingsOf(hideAddress(test.ctx, email)))]).toEqual([nobody, nobody])
  const events = await eventsOf(userId)
  expect(events.map((event) => event.kind).at(-1)).toBe('account_deleted')
  for (const { kind: _, ...client } of events)
    expect(client).toEqual({ ip: null, browser: null, os: null, device: null })
})

it('an erasure leaves everything when the user changed since the check', async () => {
  const email = newEmail()
  const userId = await makeUser(email)
  const before = [await pendingsOf(email), await linksOf(email), await eventsOf(userId)]
  expect(await erase(userId, 7)).toBe(false)
  expect([await pendingsOf(email), await linksOf(email), await eventsOf(userId)]).toEqual(before)
})
