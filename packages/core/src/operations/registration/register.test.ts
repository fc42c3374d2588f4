import {
  createTestCore,
  signUpForm as form,
  logIn,
  PASSWORD,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import type { TokenPair } from '../../words/claims.ts'
import { refreshSession } from '../auth/refresh-session.ts'
import type { Registration } from './find-sign-up-faults.ts'
import { register } from './register.ts'

const TAKEN = {
  code: 'invalid',
  fields: { email: ['A user is already registered with this e-mail address.'] },
}

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Signs up, where a sign-up opens a session. */
async function signIn(input: Registration): Promise<TokenPair> {
  return requireTokens(await register(test.ctx, input))
}

async function countRows(email: string) {
  const [row] = await test.database.sql`
    select count(distinct u.id)::int users, count(s.id)::int sessions
    from users u left join sessions s on s.user_id = u.id where u.email = ${email}`
  return row
}

describe('a sign-up', () => {
  it('creates a user with role 0 and signs it in', async () => {
    const input = form()
    const tokens = await signIn(input)
    expect(readClaims(tokens.access)).toMatchObject({ role: 0, email_verified: false })
    const { user } = await authenticate(test.ctx, tokens.access)
    expect(user).toMatchObject({ email: input.email, firstName: 'Ada', lastName: 'Lovelace', role: 0 })
    await expect(refreshSession(test.ctx, tokens)).resolves.toBeDefined()
    await expect(logIn(test.ctx, { email: input.email, password: PASSWORD })).resolves.toBeDefined()
  })

  it('ignores fields that do not belong to a sign-up, such as role and id', async () => {
    const input = { ...form(), role: 900, is_staff: true, id: crypto.randomUUID(), emailVerified: true }
    const tokens = await signIn(input)
    const { user } = await authenticate(test.ctx, tokens.access)
    expect(user).toMatchObject({ role: 0, emailVerified: false })
    expect(user.id).not.toBe(input.id)
  })

  it('keeps names and passwords of any script as they are', async () => {
    const names = { firstName: "O'Neill-Łukasz", lastName: '李 🔑' }
    const password = ' пароль с пробелами '
    const input = form({ ...names, password1: password, password2: password })
    const { access } = await signIn(input)
    expect((await authenticate(test.ctx, access)).user).toMatchObject(names)
    await expect(logIn(test.ctx, { email: input.email, password })).resolves.toBeDefined()
    expect(await refusalOf(logIn(test.ctx, { email: input.email, password: password.trim() }))).toMatchObject(
      {
        code: 'incorrect_credentials',
      },
    )
  })
})

describe('a taken address', () => {
  it('is refused, and its user stays as it was', async () => {
    const owner = await signUp(test.ctx)
    const before = await test.database.sql`select * from users where email = ${owner.email}`
    const input = form({
      email: owner.email,
      password1: 'another fine battery',
      password2: 'another fine battery',
    })
    expect(await refusalOf(register(test.ctx, input))).toMatchObject(TAKEN)
    expect(await test.database.sql`select * from users where email = ${owner.email}`).toEqual(before)
    expect(await countRows(owner.email)).toEqual({ users: 1, sessions: 1 })
  })

  it.each([2, 20])('goes to exactly one of %i sign-ups at once', async (many) => {
    const email = form().email
    const passwords = Array.from({ length: many }, (_, i) => `a fine battery number ${i}`)
    const answers = await Promise.allSettled(
      passwords.map((password) =>
        register(test.ctx, form({ email, password1: password, password2: password })),
      ),
    )
    const winners = answers.flatMap((answer, i) => (answer.status === 'fulfilled' ? [i] : []))
    expect(winners).toHaveLength(1)
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject(TAKEN)
    }
    expect(await countRows(email)).toEqual({ users: 1, sessions: 1 })
    for (const [i, password] of passwords.entries()) {
      const signedIn = logIn(test.ctx, { email, password }).then(() => true)
      expect(await signedIn.catch(() => false)).toBe(i === winners[0])
    }
  })
})

describe('a refused password', () => {
  it.each([
    ['differs', { password2: `${PASSWORD}!` }, { nonFieldErrors: ["The two password fields didn't match."] }],
    [
      'differs and breaks a rule',
      { password1: 'password1', password2: 'password2' },
      {
        password1: ['This password is too common.'],
        nonFieldErrors: ["The two password fields didn't match."],
      },
    ],
    [
      'breaks several rules',
      { password1: '12345', password2: '12345' },
      {
        password1: [
          'This password is too short. It must contain at least 8 characters.',
          'This password is too common.',
          'This password is entirely numeric.',
        ],
      },
    ],
    [
      'resembles the name',
      { password1: 'lovelace12', password2: 'lovelace12' },
      { password1: ['The password is too similar to the last name.'] },
    ],
  ])('that %s writes nothing and costs no hash', async (_, changes, fields) => {
    const input = form(changes)
    const hashes = test.ctx.hasher.count
    expect(await refusalOf(register(test.ctx, input))).toMatchObject({ code: 'invalid', fields })
    expect(test.ctx.hasher.count).toBe(hashes)
    expect(await countRows(input.email)).toEqual({ users: 0, sessions: 0 })
  })

  it.each([
    { emailVerification: 'none' },
    { emailVerification: 'optional' },
    { emailVerification: 'mandatory', preventEnumeration: false },
  ] as const)(
    'is reported together with a taken address where that may be reported: %o',
    async (settings) => {
      const { email } = await signUp(test.ctx)
      const ctx = withConfig(test.ctx, settings)
      const hashes = ctx.hasher.count
      const form_ = form({ email, password1: '12345', password2: '123456' })
      const { fields } = await refusalOf(register(ctx, form_))
      expect(Object.keys(fields ?? {}).sort()).toEqual(['email', 'nonFieldErrors', 'password1'])
      expect(await refusalOf(register(ctx, form({ email })))).toEqual({ ...TAKEN, detail: 'Invalid input.' })
      expect(ctx.hasher.count).toBe(hashes)
    },
  )

  it('with mandatory verification gets the same answer for a taken and a free address, without a query', async () => {
    const owner = await signUp(test.ctx)
    const statements: string[] = []
    const logger = { logQuery: (query: string) => void statements.push(query) }
    const db = drizzle(test.database.sql, { logger })
    const ctx = { ...withConfig(test.ctx, { emailVerification: 'mandatory' }), db }
    const hashes = ctx.hasher.count
    const weak = { password1: '12345', password2: '12345' }
    const taken = await refusalOf(register(ctx, form({ email: owner.email, ...weak })))
    const free = await refusalOf(register(ctx, form(weak)))
    expect(taken).toEqual(free)
    expect(Object.keys(taken.fields ?? {})).toEqual(['password1'])
    expect(ctx.hasher.count).toBe(hashes)
    expect(statements).toEqual([])
  })
})
