import { randomUUID } from 'node:crypto'
import {
  createMailingCore,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  readClaims,
  requireTokens,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reauthenticate } from '../src/operations/auth/reauthenticate.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { startExternalIds } from '../src/tables/users/external-ids.ts'
import type { TokenPair } from '../src/words/claims.ts'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())

describe('of a user who was moved in', () => {
  let person: Person
  let externalId: string
  beforeEach(async () => {
    test.clock.seconds = 0
    person = await signUp(test.ctx)
    externalId = `old ${randomUUID()}`
    await test.database.sql`update users set external_id = ${externalId} where id = ${person.userId}`
  })

  const refreshAfter = async (seconds: number, idempotencyKey?: string): Promise<TokenPair> => {
    const ask = () => refreshSession(test.ctx, { refresh: person.tokens.refresh, idempotencyKey })
    await ask()
    test.clock.seconds = seconds
    return ask()
  }
  const identify = async () => authenticate(test.ctx, (await logIn(test.ctx, person)).access)
  const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
  const WAYS: Record<string, () => Promise<TokenPair>> = {
    'a sign-in': () => logIn(test.ctx, person),
    'a refresh': () => refreshSession(test.ctx, person.tokens),
    'a refresh that is sent again within the grace': () => refreshAfter(1),
    'a refresh that is sent again with its key after the grace': () => refreshAfter(3600, 'key-of-a-refresh'),
    'a proof': async () => reauthenticate(test.ctx, { identity: await identify(), password: PASSWORD }),
    'a change of the password': async () => {
      const change = { identity: await identify(), oldPassword: PASSWORD, ...passwords }
      return requireTokens(await changePassword(test.ctx, change))
    },
    'a reset of the password': async () => {
      await requestPasswordReset(test.ctx, { email: person.email })
      const { secret } = await test.mailbox.next(person.email, 'reset-password')
      return requireTokens(
        await setNewPassword(test.ctx, { proof: { token: secret }, ...passwords, signIn: true }),
      )
    },
  }

  it.each(Object.keys(WAYS))('both tokens of %s name the id that other services know', async (way) => {
    const tokens = await WAYS[way]?.()
    for (const token of [tokens?.access, tokens?.refresh]) {
      expect(readClaims(token ?? '')).toMatchObject({ sub: person.userId, user_id: externalId })
    }
  })
})

it('both tokens of a user who was not moved in name the same id twice', async () => {
  const { tokens, userId } = await signUp(test.ctx)
  for (const token of [tokens.access, tokens.refresh])
    expect(readClaims(token)).toMatchObject({ sub: userId, user_id: userId })
})

describe('a new user', () => {
  const FIRST = 9_007_199_254_740_993n
  const readExternal = async (email: string) =>
    (await test.database.sql`select external_id from users where email = ${email}`)[0]?.external_id

  async function signUpByMail(moved?: string): Promise<string> {
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    const form = signUpForm()
    await register(mandatory, form)
    if (moved)
      await test.database
        .sql`update pending_registrations set external_id = ${moved} where email = ${form.email}`
    const { secret } = await test.mailbox.next(form.email, 'confirm-registration')
    await verifyEmail(mandatory, { key: secret })
    return form.email
  }

  const createByStaff = async (password?: string) => {
    const names = { firstName: 'Ada', lastName: 'Lovelace' }
    const email = newEmail()
    await createUser(test.ctx, { by: OPERATOR, email, ...names, password, role: 0 })
    return email
  }

  /** The ways in which users are stored. */
  const WAYS: Record<string, () => Promise<string>> = {
    'that signs up': async () => (await signUp(test.ctx)).email,
    'that confirms its address': () => signUpByMail(),
    'of staff with a password': () => createByStaff(PASSWORD),
    'of staff with an invitation': () => createByStaff(),
  }

  it.each(Object.keys(WAYS))('%s has no other id where no numbers were moved in', async (way) => {
    expect(await readExternal((await WAYS[way]?.()) ?? '')).toBeNull()
  })

  describe('after users with numbers were moved in,', () => {
    beforeAll(() => test.ctx.db.transaction((tx) => startExternalIds(tx, FIRST)))

    it('gets the first number, however large, and the next one after that', async () => {
      expect(await readExternal((await signUp(test.ctx)).email)).toBe(String(FIRST))
      const { tokens } = await signUp(test.ctx)
      expect(readClaims(tokens.access).user_id).toBe(String(FIRST + 1n))
      expect(readClaims(tokens.refresh).user_id).toBe(String(FIRST + 1n))
    })

    it.each(Object.keys(WAYS))('%s gets a number', async (way) => {
      expect(await readExternal((await WAYS[way]?.()) ?? '')).toMatch(/^90071992547\d+$/)
    })

    it('whose sign-up was moved in keeps its number', async () => {
      expect(await readExternal(await signUpByMail('17'))).toBe('17')
    })

    it('whose sign-up was moved in gets another number when a user of another source has it', async () => {
      const { email } = await signUp(test.ctx)
      await test.database.sql`update users set external_id = '18' where email = ${email}`
      expect(await readExternal(await signUpByMail('18'))).toMatch(/^90071992547\d+$/)
    })

    it('gets a number that no other user has, of fifty sign-ups while the numbers move forward', async () => {
      const signUps = Array.from({ length: 50 }, () => signUp(test.ctx))
      const moves = Array.from({ length: 5 }, (_, n) =>
        test.ctx.db.transaction((tx) => startExternalIds(tx, FIRST + BigInt(n))),
      )
      const people = await Promise.all(signUps)
      await Promise.all(moves)
      const ids = people.map(({ tokens }) => readClaims(tokens.access).user_id)
      expect(new Set(ids).size).toBe(50)
    })

    it('gets a later number after the numbers moved forward, and they never move back', async () => {
      await test.ctx.db.transaction((tx) => startExternalIds(tx, FIRST + 1_000_000n))
      await test.ctx.db.transaction((tx) => startExternalIds(tx, 1n))
      expect(await readExternal((await signUp(test.ctx)).email)).toBe(String(FIRST + 1_000_000n))
    })
  })
})

it('each role that may store users may give them a number', async () => {
  const role = `server_${randomUUID().slice(0, 8)}`
  const { sql } = test.database
  await sql.unsafe(`create role ${role}; grant insert on users to ${role}`)
  await test.ctx.db.transaction((tx) => startExternalIds(tx, 1n))
  const [may] = await sql`select has_sequence_privilege(${role}, 'users_external_id', 'USAGE') as may`
  await sql.unsafe(`drop owned by ${role}; drop role ${role}`)
  expect(may?.may).toBe(true)
})
