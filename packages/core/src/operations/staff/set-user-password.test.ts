import {
  createMailingCore,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  type Person,
  refusalOf,
  signUp,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { authenticate } from '../../steps/authenticate.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { openResetLink } from '../password/open-reset-link.ts'
import { sendUserReset } from './send-user-reset.ts'
import { setUserPassword } from './set-user-password.ts'

let test: MailingCore
let person: Person
beforeAll(async () => {
  test = await createMailingCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

const set = (password = NEW_PASSWORD, userId = person.userId) =>
  setUserPassword(test.ctx, { by: OPERATOR, userId, password })

describe('a password that the operator sets', () => {
  it('is the only one that signs in, ends every session, and is announced to the owner', async () => {
    const other = await logIn(test.ctx, person)
    expect(await set()).toBe(2)
    for (const tokens of [person.tokens, other]) {
      expect(await refusalOf(authenticate(test.ctx, tokens.access))).toMatchObject({
        code: 'token_not_valid',
      })
      expect(await refusalOf(refreshSession(test.ctx, tokens))).toMatchObject({ code: 'token_not_valid' })
    }
    expect(await refusalOf(logIn(test.ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
    await expect(logIn(test.ctx, { ...person, password: NEW_PASSWORD })).resolves.toBeDefined()
    expect(await test.mailbox.kindsTo(person.email)).toEqual(['password-changed'])
    const [event] = await test.database.sql`
      select actor, actor_id, details from audit_events
      where user_id = ${person.userId} and kind = 'password_changed'`
    expect(event).toEqual({ actor: 'operator', actor_id: null, details: { sessions: 2 } })
  })

  it('ends the links of the user, so that an older mail sets no password any more', async () => {
    await sendUserReset(test.ctx, { by: OPERATOR, userId: person.userId })
    const { path, secret } = await test.mailbox.next(person.email, 'reset-password')
    const link = { uid: path.split('/').at(-3) ?? '', token: secret }
    expect(await openResetLink(test.ctx, link)).not.toBeNull()
    await set()
    expect(await openResetLink(test.ctx, link)).toBeNull()
  })

  it('leaves no session of a sign-in that began with the former password', async () => {
    const attempts = Array.from({ length: 6 }, () => logIn(test.ctx, person))
    await Promise.allSettled([...attempts, set()])
    const rows = await test.database.sql`select id from sessions where user_id = ${person.userId}`
    expect(rows).toEqual([])
  })

  it.each(['12345', 'password', 'short'])('is refused when it breaks a rule: %s', async (password) => {
    expect((await refusalOf(set(password))).fields).toHaveProperty('password')
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
  })

  it('is refused when it resembles the address, and for an unknown user', async () => {
    const [local = ''] = person.email.split('@')
    expect((await refusalOf(set(local))).fields).toHaveProperty('password')
    expect(await refusalOf(set(NEW_PASSWORD, newId<UserId>()))).toMatchObject({ code: 'not_found' })
    expect(await refusalOf(set(NEW_PASSWORD, newEmail()))).toMatchObject({ code: 'not_found' })
  })
})
