import { createTestCore, type Person, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { isUsablePassword } from '../../words/usable-password.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { updateOwnUser } from './update-own-user.ts'

let test: TestCore
let person: Person
let identity: Identity
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
  identity = await authenticate(test.ctx, person.tokens.access)
})
afterAll(() => test.close())

describe('updating the caller', () => {
  it('changes the given names and keeps the others', async () => {
    expect(await updateOwnUser(test.ctx, { identity, firstName: 'Augusta' })).toMatchObject({
      id: person.userId,
      email: person.email,
      firstName: 'Augusta',
      lastName: 'Lovelace',
    })
    expect(await updateOwnUser(test.ctx, { identity, lastName: '' })).toMatchObject({
      firstName: 'Augusta',
      lastName: '',
    })
    expect(await updateOwnUser(test.ctx, { identity })).toMatchObject({ firstName: 'Augusta', lastName: '' })
    expect((await authenticate(test.ctx, person.tokens.access)).user).toMatchObject({ firstName: 'Augusta' })
  })

  it.each(['', '!', '!unset', '$argon2id$x', 'pbkdf2_sha256$1$x$x'])(
    'says for the hash %j as everywhere whether it is the hash of a password',
    async (hash) => {
      await test.database.sql`update users set password_hash = ${hash} where id = ${person.userId}`
      const user = await updateOwnUser(test.ctx, { identity })
      expect(user.hasUsablePassword).toBe(isUsablePassword(hash))
      expect((await authenticate(test.ctx, person.tokens.access)).user).toEqual(user)
    },
  )

  it('keeps the sessions, and changes no other user', async () => {
    const stranger = await signUp(test.ctx)
    await updateOwnUser(test.ctx, { identity, firstName: 'Augusta' })
    await expect(refreshSession(test.ctx, person.tokens)).resolves.toBeDefined()
    expect((await authenticate(test.ctx, stranger.tokens.access)).user.firstName).toBe('Ada')
  })

  it('changes no other column, whatever is passed', async () => {
    const change = { firstName: 'Augusta', role: 900, emailVerified: true, email: 'augusta@example.com' }
    expect(await updateOwnUser(test.ctx, { identity, ...change })).toEqual({
      ...identity.user,
      firstName: 'Augusta',
    })
  })

  it('stores a name with SQL in it as text', async () => {
    const firstName = "Robert'); drop table users;--"
    expect((await updateOwnUser(test.ctx, { identity, firstName })).firstName).toBe(firstName)
  })

  it('answers user_not_found for a user that was just deleted', async () => {
    await test.database.sql`delete from users where id = ${person.userId}`
    expect(await refusalOf(updateOwnUser(test.ctx, { identity, firstName: 'Augusta' }))).toMatchObject({
      code: 'user_not_found',
    })
  })
})
