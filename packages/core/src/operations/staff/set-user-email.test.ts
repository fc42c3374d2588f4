import {
  createMailingCore,
  type MailingCore,
  newEmail,
  type Person,
  refusalOf,
  signUp,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { login } from '../auth/login.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { setUserEmail } from './set-user-email.ts'

let test: MailingCore
let person: Person
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

const set = (email: string, userId = person.userId) => setUserEmail(test.ctx, { by: OPERATOR, userId, email })

async function rowOf(userId: string) {
  const [row] = await test.database.sql`
    select email, email_verified, session_epoch from users where id = ${userId}`
  return row
}

describe('an address that the operator sets', () => {
  it('signs in from then on, counts as verified, ends every session, and the former address is told', async () => {
    const email = newEmail()
    expect(await set(email)).toBe(1)
    expect(await rowOf(person.userId)).toEqual({ email, email_verified: true, session_epoch: 1 })
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
    expect(await refusalOf(login(test.ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
    await expect(login(test.ctx, { ...person, email })).resolves.toBeDefined()
    expect(await test.mailbox.kindsTo(person.email)).toEqual(['email-changed'])
    expect(await test.mailbox.kindsTo(email)).toEqual([])
    const [event] = await test.database.sql`
      select actor, details from audit_events where user_id = ${person.userId} and kind = 'email_changed'`
    expect(event).toEqual({ actor: 'operator', details: {} })
  })

  it('that the user has already changes nothing', async () => {
    const before = await rowOf(person.userId)
    expect(await set(person.email)).toBeNull()
    expect(await rowOf(person.userId)).toEqual(before)
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('of another user is refused, and changes nothing', async () => {
    const { email } = await signUp(test.ctx)
    expect((await refusalOf(set(email))).fields).toHaveProperty('email')
    expect(await rowOf(person.userId)).toMatchObject({ email: person.email, session_epoch: 0 })
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('is given to one of two users who get it at once', async () => {
    const email = newEmail()
    const other = await signUp(test.ctx)
    const turns = await Promise.allSettled([set(email), set(email, other.userId)])
    expect(turns.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const rows = await test.database.sql`select id from users where email = ${email}`
    expect(rows).toHaveLength(1)
  })

  it('is refused for an unknown user', async () => {
    expect(await refusalOf(set(newEmail(), newId<UserId>()))).toMatchObject({ code: 'not_found' })
  })
})
