import { type OperationDefinition, operations, REFERENCE_SETTINGS } from '@latchkey/contract'
import {
  createMailingCore,
  logIn,
  type MailingCore,
  NEW_PASSWORD,
  newEmail,
  type Person,
  refusalOf,
  signUp,
  signUpForm,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Context } from '../src/context.ts'
import { changePassword } from '../src/operations/password/change-password.ts'
import { openResetLink } from '../src/operations/password/open-reset-link.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { createUser } from '../src/operations/staff/create-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import { encodeUserId } from '../src/steps/link-secret.ts'
import { changeSecurity } from '../src/tables/users/change.ts'
import type { UserId } from '../src/words/ids.ts'

/** `password` by PBKDF2 of RFC 6070, and the form of Django. */
const FOREIGN = 'pbkdf2_sha1$4096$salt$SwB5AbdlSJq+rUnZJvch0GWkKcE='
const MOVED = 'password'

let test: MailingCore
beforeAll(async () => {
  test = await createMailingCore()
})
afterAll(() => test.close())

async function readForm(email: string): Promise<{ form: number; hash: string }> {
  const [row] = await test.database.sql`select password_form, password_hash from users where email = ${email}`
  return { form: row?.password_form, hash: row?.password_hash }
}

async function moveIn(person: Person): Promise<void> {
  await test.database.sql`
    update users set password_hash = ${FOREIGN}, password_form = 1 where id = ${person.userId}`
}

/** How each operation that takes a new password sets it. It returns the address of the user. */
const SETTERS: Record<string, (person: Person) => Promise<string>> = {
  changePassword: async (person) => {
    const identity = await authenticate(test.ctx, person.tokens.access)
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await changePassword(test.ctx, { identity, oldPassword: ` ${MOVED} `, ...passwords })
    return person.email
  },
  setNewPassword: async (person) => {
    await requestPasswordReset(test.ctx, { email: person.email })
    const { secret } = await test.mailbox.next(person.email, 'reset-password')
    const opened = await openResetLink(test.ctx, {
      uid: encodeUserId(person.userId as UserId),
      token: secret,
    })
    const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
    await setNewPassword(test.ctx, { proof: { opened: [opened ?? ''] }, ...passwords, signIn: false })
    return person.email
  },
  register: async () => {
    const email = newEmail()
    await register(test.ctx, signUpForm({ email, password1: NEW_PASSWORD, password2: NEW_PASSWORD }))
    return email
  },
  createUser: async () => {
    const email = newEmail()
    const names = { firstName: '', lastName: '', role: 0 }
    await createUser(test.ctx, { by: OPERATOR, email, password: NEW_PASSWORD, ...names })
    return email
  },
}

/** The operations with a field for a new password. They come from the contract. */
const SETTING = Object.entries(operations as Record<string, OperationDefinition>)
  .filter(([, { input }]) => {
    const shape = z.object(input?.(REFERENCE_SETTINGS) ?? {})
    const { properties = {} } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })
    return Object.values(properties).some(isNewPassword)
  })
  .map(([name]) => name)

/** A password that is only checked has no limit in the document: a longer one is a wrong one. */
function isNewPassword(field: z.core.JSONSchema._JSONSchema): boolean {
  return typeof field === 'object' && field.format === 'password' && field.maxLength !== undefined
}

describe('a new password', () => {
  it('is set by the operations that this file knows', () => {
    expect(SETTING.length).toBeGreaterThan(2)
    expect(SETTING.filter((name) => !(name in SETTERS))).toEqual([])
  })

  it.each(SETTING)('set by %s is one of ours: its blanks count', async (name) => {
    const person = await signUp(test.ctx)
    await moveIn(person)
    const email = (await SETTERS[name]?.(person)) ?? ''
    expect(await readForm(email)).toEqual({ form: 0, hash: expect.stringMatching(/^\$argon2id\$/) })
    await logIn(test.ctx, { email, password: NEW_PASSWORD })
    expect(await refusalOf(logIn(test.ctx, { email, password: `${NEW_PASSWORD} ` }))).toMatchObject({
      code: 'incorrect_credentials',
    })
  })

  it('is the only change of a user that changes the form', async () => {
    const person = await signUp(test.ctx)
    await moveIn(person)
    const id = person.userId as UserId
    await changeSecurity(test.ctx.db, test.ctx.clock, { id, role: 0, isActive: true })
    expect(await readForm(person.email)).toEqual({ form: 1, hash: FOREIGN })
    await changeSecurity(test.ctx.db, test.ctx.clock, { id, passwordHash: 'x' })
    expect(await readForm(person.email)).toEqual({ form: 0, hash: 'x' })
  })
})

describe('a sign-up that was moved in', () => {
  const codeOf = (ctx: Context, email: string, password: string) =>
    logIn(ctx, { email, password }).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    )

  async function moveInPending(): Promise<{ ctx: Context; email: string }> {
    const email = newEmail()
    await test.database.sql`
      insert into pending_registrations (id, email, password_hash, password_form, first_name, last_name, created_at, expires_at)
      values (gen_random_uuid(), ${email}, ${FOREIGN}, 1, 'Ada', '', now(), now() + interval '3 days')`
    return { ctx: withConfig(test.ctx, { emailVerification: 'mandatory' }), email }
  }

  const hashesOf = async (work: () => Promise<unknown>) => {
    const before = test.ctx.hasher.count
    await work()
    return test.ctx.hasher.count - before
  }

  it('is answered as unverified for its password, and as wrong for any other, for two checks each', async () => {
    const { ctx, email } = await moveInPending()
    for (const [password, code] of [
      [MOVED, 'email_not_verified'],
      [` ${MOVED}\t`, 'email_not_verified'],
      ['another', 'incorrect_credentials'],
    ] as const) {
      expect(await hashesOf(async () => expect(await codeOf(ctx, email, password)).toBe(code))).toBe(2)
    }
  })

  it('gets its link by its password or without one, and no link by another password', async () => {
    const { ctx, email } = await moveInPending()
    await resendVerification(ctx, { email, password: 'another' })
    await resendVerification(ctx, { email, password: ` ${MOVED}` })
    const mail = await test.mailbox.next(email, 'confirm-registration')
    await verifyEmail(ctx, { key: mail.secret })
    expect(await readForm(email)).toEqual({ form: 1, hash: FOREIGN })
  })

  it('becomes a user with its password and its form; a failing sign-in goes on to cost two checks', async () => {
    const { ctx, email } = await moveInPending()
    await resendVerification(ctx, { email, password: MOVED })
    const mail = await test.mailbox.next(email, 'confirm-registration')
    await verifyEmail(ctx, { key: mail.secret })
    expect(await hashesOf(() => codeOf(ctx, email, 'another'))).toBe(2)
    const [row] = await test.database.sql`
      select password_hash, is_shadow from pending_registrations where email = ${email}`
    expect(row).toMatchObject({
      is_shadow: true,
      password_hash: expect.stringMatching(/^pbkdf2_sha1\$4096\$salt\$A/),
    })
    expect(await codeOf(ctx, email, ` ${MOVED}`)).toBe('ok')
    expect(await readForm(email)).toEqual({ form: 1, hash: expect.stringMatching(/^\$argon2id\$/) })
    expect(await codeOf(ctx, email, `${MOVED} `)).toBe('ok')
  })

  it('beside a later sign-up for its address waits for its own link: the newest one answers', async () => {
    const { ctx, email } = await moveInPending()
    await register(ctx, signUpForm({ email, password1: NEW_PASSWORD, password2: NEW_PASSWORD }))
    expect(await codeOf(ctx, email, NEW_PASSWORD)).toBe('email_not_verified')
    expect(
      await hashesOf(async () => expect(await codeOf(ctx, email, MOVED)).toBe('incorrect_credentials')),
    ).toBe(2)
  })
})
