import { PASSWORD, signUp, withConfig } from '@latchkey/testkit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { call, callTrpc } from './call.ts'
import { perHour, startThrottledServer } from './hostile/throttled-server.ts'
import { OPERATIONS } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const WEAK = [
  'This password is too short. It must contain at least 8 characters.',
  'This password is entirely numeric.',
]
const TAKEN = ['A user is already registered with this e-mail address.']
const DIFFERENT = ["The two password fields didn't match."]
const NEW_DIFFERENT = ['The two password fields didn’t match.']
/** A password that is checked is handed on like this; one that is set becomes shorter. */
const DECOMPOSED = 'pa\u0308ssword pa\u0308ssword'
const BLANK = ['This field may not be blank.']
const REQUIRED = ['This field is required.']

let server: TestServer
afterEach(() => server.close())

/** Sends a form through both doors. With a token the caller is signed in. */
async function askBoth(target: { path: string; procedure: string; token?: string }, form: object) {
  const { token } = target
  const rest = await call(server.url + target.path, { json: form, token })
  const trpc = await callTrpc(
    server.url,
    { path: target.procedure, type: 'mutation' },
    { input: form, ...(token && { headers: { authorization: `Bearer ${token}` } }) },
  )
  return { rest, trpc }
}

async function expectFields(target: Parameters<typeof askBoth>[0], form: object, fields: object) {
  const { rest, trpc } = await askBoth(target, form)
  expect(rest).toMatchObject({ status: 400, body: fields })
  expect(rest.body).toEqual(fields)
  const { data } = (trpc.body as { error: { data: { code: string; fields: object } } }).error
  expect(data).toMatchObject({ code: 'invalid', httpStatus: 400 })
  expect(data.fields).toEqual(fields)
}

const REGISTRATION = { path: '/registration/', procedure: 'registration.register' }

/** Creates a user, also under mandatory verification. */
const makeOwner = () => signUp(withConfig(server.ctx, { emailVerification: 'none' }))

describe('a sign-up names all failing fields at once', () => {
  it('a weak password beside malformed fields', async () => {
    server = await startTestServer()
    const form = { email: 'x', password1: '7391846', password2: '7391846', first_name: ' ', last_name: 'L' }
    const fields = { email: ['Enter a valid email address.'], first_name: BLANK, password1: WEAK }
    await expectFields(REGISTRATION, form, fields)
  })

  it.each([
    { emailVerification: 'none' },
    { emailVerification: 'optional' },
    { emailVerification: 'mandatory', preventEnumeration: false },
  ] as const)('a taken address too, with settings that may tell it: %o', async (settings) => {
    server = await startTestServer({ settings })
    const { email } = await makeOwner()
    const weak = { email, password1: '7391846', password2: '7391847' }
    const fields = { email: TAKEN, password1: WEAK, non_field_errors: DIFFERENT }
    await expectFields(REGISTRATION, { ...weak, ...NAMES }, fields)
    const { last_name } = NAMES
    await expectFields(REGISTRATION, { ...weak, last_name }, { ...fields, first_name: REQUIRED })
    const fine = { email: ` ${email.toUpperCase()}`, password1: PASSWORD, password2: PASSWORD }
    await expectFields(
      REGISTRATION,
      { ...fine, first_name: '', last_name },
      { email: TAKEN, first_name: BLANK },
    )
    await expectFields(REGISTRATION, { ...fine, ...NAMES }, { email: TAKEN })
  })

  it('a taken address never, when enumeration is prevented', async () => {
    server = await startTestServer({ settings: { emailVerification: 'mandatory' } })
    const { email } = await makeOwner()
    const weak = { password1: '7391846', password2: '7391847', last_name: 'Lovelace' }
    const fields = { password1: WEAK, non_field_errors: DIFFERENT }
    for (const address of [email, `free-${email}`]) {
      await expectFields(REGISTRATION, { ...weak, email: address, first_name: 'Ada' }, fields)
      await expectFields(REGISTRATION, { ...weak, email: address }, { ...fields, first_name: REQUIRED })
    }
  })
})

describe('a change of password names all failing fields at once', () => {
  const WRONG_OLD = ['Your old password was entered incorrectly. Please enter it again.']
  const startSignedIn = async () => {
    server = await startTestServer()
    const { tokens } = await makeOwner()
    return { path: '/password/change/', procedure: 'password.change', token: tokens.access }
  }

  it('a wrong old password beside new passwords that are weak, differ or are malformed', async () => {
    const change = await startSignedIn()
    const wrong = { old_password: 'wrong' }
    const weak = { new_password1: '7391846', new_password2: '7391846' }
    await expectFields(change, { ...wrong, ...weak }, { old_password: WRONG_OLD, new_password2: WEAK })
    const different = { ...weak, new_password2: '7391847' }
    await expectFields(
      change,
      { ...wrong, ...different },
      { old_password: WRONG_OLD, new_password2: NEW_DIFFERENT },
    )
    const blank = { new_password1: '', new_password2: '7391846' }
    await expectFields(change, { ...wrong, ...blank }, { old_password: WRONG_OLD, new_password1: BLANK })
    await expectFields(change, weak, { old_password: REQUIRED, new_password2: WEAK })
  })

  it('and never a right old password', async () => {
    const change = await startSignedIn()
    const right = { old_password: PASSWORD }
    await expectFields(change, right, { new_password1: REQUIRED, new_password2: REQUIRED })
    const weak = { new_password1: '7391846', new_password2: '7391846' }
    await expectFields(change, { ...right, ...weak }, { new_password2: WEAK })
  })

  it('and counts the check of the old password like any other attempt', async () => {
    server = await startThrottledServer({ login: perHour(2) })
    const { tokens } = await makeOwner()
    const change = { path: '/password/change/', procedure: 'password.change', token: tokens.access }
    const form = { old_password: 'wrong', new_password1: '', new_password2: '' }
    const blank = { new_password1: BLANK, new_password2: BLANK }
    await expectFields(change, form, { old_password: WRONG_OLD, ...blank })
    const hashes = server.ctx.hasher.count
    const { rest, trpc } = await askBoth(change, form)
    expect([rest.status, trpc.status]).toEqual([429, 429])
    expect(server.ctx.hasher.count).toBe(hashes)
  })

  it('and refuses one call too many before the check, also with malformed fields', async () => {
    server = await startThrottledServer({ user: perHour(1) })
    const { tokens } = await makeOwner()
    const form = { old_password: 'wrong', new_password1: '' }
    const ask = () => call(`${server.url}/password/change/`, { json: form, token: tokens.access })
    expect((await ask()).status).toBe(400)
    const hashes = server.ctx.hasher.count
    expect((await ask()).status).toBe(429)
    expect(server.ctx.hasher.count).toBe(hashes)
  })
})

it('a change of address names the wrong or missing password beside the malformed address', async () => {
  server = await startTestServer()
  const { tokens, userId } = await makeOwner()
  const change = { path: '/email/change/', procedure: 'email.change', token: tokens.access }
  const fields = { new_email: ['Enter a valid email address.'] }
  const wrong = { password: ['Your password was entered incorrectly.'] }
  await expectFields(change, { new_email: 'x', password: 'wrong' }, { ...fields, ...wrong })
  await expectFields(change, { new_email: 'x', password: PASSWORD }, fields)
  await expectFields(change, { new_email: 'x' }, { ...fields, password: REQUIRED })
  await server.database.sql`update users set password_hash = '!' where id = ${userId}`
  await expectFields(change, { new_email: 'x' }, fields)
})

it('staff get the taken address and the weak password in one refusal', async () => {
  server = await startTestServer()
  const { tokens, userId, email } = await makeOwner()
  await server.database.sql`update users set role = 900 where id = ${userId}`
  const create = { path: '/staff/users/', procedure: 'staff.users.create', token: tokens.access }
  await expectFields(create, { email, password: '7391846' }, { email: TAKEN, password: WEAK })
  const first_name = ['Control characters are not allowed.']
  const form = { email, password: '7391846', first_name: 'A\nda' }
  await expectFields(create, form, { email: TAKEN, password: WEAK, first_name })
})

describe('a field that is refused beside others', () => {
  const withPasswords = OPERATIONS.filter(
    ({ method, meta }) =>
      method === 'POST' && Object.keys(meta.shape).some((name) => name.includes('password')),
  )

  it.each(withPasswords.map((endpoint) => [endpoint.path, endpoint] as const))(
    'is normalised once where it is set, and at most once where it is checked: %s',
    async (path, { meta }) => {
      server = await startTestServer()
      const { tokens, email } = await makeOwner()
      await server.database.sql`update users set role = 900 where email = ${email}`
      const names = Object.keys(meta.shape).filter((name) => name.includes('password'))
      const others = Object.keys(meta.shape).filter((name) => !names.includes(name))
      // Each password is long enough to be recognised, and another field or nothing is malformed.
      const given = names.map((name, index) => [name, `${'pässword '.repeat(10)}${index}`] as const)
      const json = { ...Object.fromEntries(given), ...Object.fromEntries(others.map((name) => [name, 1])) }
      const normalize = vi.spyOn(String.prototype, 'normalize')
      await call(server.url + path, { json, token: tokens.access })
      const read = normalize.mock.contexts.map(String).filter((text) => given.some(([, one]) => one === text))
      normalize.mockRestore()
      const isSet = (name: string) =>
        z.safeParse(meta.shape[name] ?? z.never(), DECOMPOSED).data !== DECOMPOSED
      const set = given.filter(([name]) => isSet(name)).map(([, text]) => text)
      const isChecked = (name: string) =>
        name === 'old_password' || (name === 'password' && path !== '/staff/users/')
      expect(names.filter(isSet)).toEqual(names.filter((name) => !isChecked(name)))
      expect([...new Set(read)]).toEqual(read)
      expect(read).toEqual(expect.arrayContaining(set))
    },
  )
})
