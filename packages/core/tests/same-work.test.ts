import {
  createMailingCore,
  type MailingCore,
  newEmail,
  PASSWORD,
  signUp,
  signUpForm,
  signUpWithFactors,
  withConfig,
} from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { requestEmailChange } from '../src/operations/email/request-email-change.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { deactivateUser } from '../src/operations/staff/deactivate-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { EmailVerification } from '../src/words/contract.ts'
import type { UserId } from '../src/words/ids.ts'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())

/** Returns the cost of an operation: its statements in order, and the number of its hashes. */
async function costOf(ctx: Context, work: (counted: Context) => Promise<unknown>) {
  const statements: string[] = []
  const logger = { logQuery: (query: string) => void statements.push(nameStatement(query)) }
  const hashes = ctx.hasher.count
  await work({ ...ctx, db: drizzle(test.database.sql, { logger }) })
  return { statements, hashes: ctx.hasher.count - hashes }
}

/** Returns a statement without its columns and values: the verb and the table. */
function nameStatement(query: string): string {
  const [, verb, table] = /(insert into|update|delete from|from)\s+"?([\w.]+)/i.exec(query) ?? []
  return verb ? `${verb} ${table}`.toLowerCase() : query
}

const under = (emailVerification: EmailVerification) => withConfig(test.ctx, { emailVerification })

/** One address of every kind. */
const ADDRESSES: Record<string, () => Promise<string>> = {
  unknown: async () => newEmail(),
  'of a verified user': async () => {
    const { email, userId } = await signUp(under('none'))
    await test.database.sql`update users set email_verified = true where id = ${userId}`
    return email
  },
  'of an unverified user': async () => (await signUp(under('none'))).email,
  'of a deactivated user': async () => {
    const { email, userId } = await signUp(under('none'))
    await deactivateUser(test.ctx, { by: OPERATOR, userId: userId as UserId })
    return email
  },
  'of a pending sign-up': async () => {
    const form = signUpForm()
    await register(under('mandatory'), form)
    return form.email
  },
}

/** Runs an operation for an address of every kind, and expects the cost of an unknown address each time. */
async function expectSameWork(ctx: Context, work: (counted: Context, email: string) => Promise<unknown>) {
  const unknown = await costOf(ctx, (counted) => work(counted, newEmail()))
  expect(unknown.statements.length).toBeGreaterThan(2)
  for (const [kind, make] of Object.entries(ADDRESSES)) {
    const email = await make()
    expect(await costOf(ctx, (counted) => work(counted, email)), `an address ${kind}`).toEqual(unknown)
  }
}

describe.each(['none', 'optional', 'mandatory'] as const)(
  'an address of any kind, verification %s,',
  (mode) => {
    it('costs the same at a password reset', async () => {
      await expectSameWork(under(mode), (ctx, email) => requestPasswordReset(ctx, { email }))
    })

    it.each([undefined, PASSWORD, 'wrong'])(
      'costs the same at a resend with the password %s',
      async (password) => {
        await expectSameWork(under(mode), (ctx, email) => resendVerification(ctx, { email, password }))
      },
    )

    it('costs one hash at a sign-in with a wrong password, and two while a sign-up waits', async () => {
      await expectSameHashes(under(mode), (ctx, email) =>
        login(ctx, { email, password: 'wrong' }).catch(() => {}),
      )
    })

    it('costs the same as the new address of a change of address', async () => {
      const { tokens } = await signUp(under('none'))
      const identity = await authenticate(test.ctx, tokens.access)
      await expectSameWork(under(mode), (ctx, newEmail) =>
        requestEmailChange(ctx, { identity, newEmail, password: PASSWORD }),
      )
    })
  },
)

describe('a sign-in', () => {
  const FACTORS = {
    'without a second factor': { on: false },
    'with an app': { totp: true },
    'with a passkey': { passkey: true },
    'with every factor': { totp: true, passkey: true, codes: true },
  }
  const signIn = (email: string, password: string) =>
    costOf(test.ctx, (ctx) => login(ctx, { email, password }).catch(() => {}))

  it.each(Object.entries(FACTORS))(
    'with a wrong password costs as much for a user %s as for an unknown address',
    async (_name, factors) => {
      const { email } = await signUpWithFactors(test, factors)
      const unknown = await signIn(newEmail(), 'wrong')
      expect(unknown.statements).toEqual(['from users', 'insert into audit_events'])
      expect(await signIn(email, 'wrong')).toEqual(unknown)
    },
  )

  it.each(Object.entries(FACTORS))(
    'with the right password costs one hash and two statements for a user %s',
    async (_name, factors) => {
      const { email } = await signUpWithFactors(test, factors)
      const { statements, hashes } = await signIn(email, PASSWORD)
      expect({ hashes, first: statements[0], count: statements.length }).toEqual({
        ...{ hashes: 1, first: 'from users', count: 2 },
      })
    },
  )
})

it('an address of any kind costs the same at a sign-up with mandatory verification', async () => {
  await expectSameWork(under('mandatory'), (ctx, email) => register(ctx, signUpForm({ email })))
})

async function expectSameHashes(ctx: Context, work: (counted: Context, email: string) => Promise<unknown>) {
  const { emailVerification } = ctx.config
  for (const [kind, make] of Object.entries(ADDRESSES)) {
    const email = await make()
    const { hashes } = await costOf(ctx, (counted) => work(counted, email))
    expect(hashes, kind).toBe(kind === 'of a pending sign-up' && emailVerification === 'mandatory' ? 2 : 1)
  }
}
