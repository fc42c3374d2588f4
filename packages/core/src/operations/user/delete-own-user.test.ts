import { createTestCore, logIn, type Person, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import type { Identity } from '../../steps/identity.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import { deleteOwnUser } from './delete-own-user.ts'

const WRONG = { code: 'invalid', fields: { password: ['Your password was entered incorrectly.'] } }
const ROUNDS = 100

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

async function countOf(userId: string) {
  const [row] = await test.database.sql`
    select (select count(*)::int from users where id = ${userId}) users,
      (select count(*)::int from sessions where user_id = ${userId}) sessions`
  return row
}

describe('deleting the caller', () => {
  it('deletes the user and its sessions, and no other user', async () => {
    const stranger = await signUp(test.ctx)
    const other = await logIn(test.ctx, person)
    await deleteOwnUser(test.ctx, { identity, password: person.password })
    expect(await countOf(person.userId)).toEqual({ users: 0, sessions: 0 })
    expect(await countOf(stranger.userId)).toEqual({ users: 1, sessions: 1 })
    expect(await refusalOf(refreshSession(test.ctx, other))).toMatchObject({ code: 'token_not_valid' })
    expect(await refusalOf(logIn(test.ctx, person))).toMatchObject({ code: 'incorrect_credentials' })
  })

  it('frees the address, and the old tokens do not work for a new user with the address', async () => {
    await deleteOwnUser(test.ctx, { identity, password: person.password })
    const successor = await signUp(test.ctx, person.email)
    expect(successor.userId).not.toBe(person.userId)
    expect(await refusalOf(authenticate(test.ctx, person.tokens.access))).toMatchObject({
      code: 'user_not_found',
    })
    expect(await refusalOf(refreshSession(test.ctx, person.tokens))).toMatchObject({
      code: 'token_not_valid',
    })
  })

  it('deletes nothing for a wrong password', async () => {
    for (const password of ['wrong horse battery', '', `${person.password} `]) {
      expect(await refusalOf(deleteOwnUser(test.ctx, { identity, password }))).toMatchObject(WRONG)
    }
    expect(await countOf(person.userId)).toEqual({ users: 1, sessions: 1 })
  })

  it('is refused in a session that ended after the caller was admitted, as when a second factor is turned on', async () => {
    await test.database.sql`delete from sessions where user_id = ${person.userId}`
    expect(await refusalOf(deleteOwnUser(test.ctx, { identity, password: person.password }))).toMatchObject({
      code: 'token_not_valid',
    })
    expect(await countOf(person.userId)).toEqual({ users: 1, sessions: 0 })
  })

  it('is refused when the user changed during the password check', async () => {
    const { hasher } = test.ctx
    const ctx = {
      ...test.ctx,
      hasher: {
        ...hasher,
        count: 0,
        verify: async (stored: string | null, password: string) => {
          const matches = await hasher.verify(stored, password)
          await test.database
            .sql`update users set session_epoch = session_epoch + 1 where id = ${person.userId}`
          return matches
        },
      },
    }
    expect(await refusalOf(deleteOwnUser(ctx, { identity, password: person.password }))).toMatchObject(WRONG)
    expect(await countOf(person.userId)).toEqual({ users: 1, sessions: 1 })
  })

  it('twice at once succeeds once', async () => {
    const input = { identity, password: person.password }
    const answers = await Promise.allSettled([deleteOwnUser(test.ctx, input), deleteOwnUser(test.ctx, input)])
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a sign-in and a refresh racing the deletion', () => {
  it(`leave no session, and fail only with a refusal, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const racer = await signUp(test.ctx)
      const caller = await authenticate(test.ctx, racer.tokens.access)
      const [deleted, ...others] = await Promise.allSettled([
        deleteOwnUser(test.ctx, { identity: caller, password: racer.password }),
        logIn(test.ctx, racer),
        refreshSession(test.ctx, racer.tokens),
        logIn(test.ctx, racer),
      ])
      expect(deleted.status).toBe('fulfilled')
      for (const other of others) {
        if (other.status === 'rejected') expect(other.reason).toMatchObject({ name: 'DomainError' })
      }
      expect(await countOf(racer.userId)).toEqual({ users: 0, sessions: 0 })
    }
  })
})
