import { authenticate, readForeignHash } from '@latchkey/core'
import { deleteOwnUser } from '@latchkey/core/operations/user/delete-own-user'
import {
  FIREBASE_SIGNER_KEY,
  listDjangoHashes,
  listForeignHashes,
  newEmail,
  refusalOf,
  signUp,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const INCORRECT = { status: 401, body: { code: 'incorrect_credentials', detail: 'Incorrect credentials' } }

const DJANGO = (await listDjangoHashes())
  .filter(({ encoded }) => 'scheme' in readForeignHash(encoded))
  .map(({ algorithm, password, encoded }) => ({
    ...{ name: `django 5.2 ${algorithm}`, password, text: encoded, form: 1 as const },
  }))
const CASES = [...DJANGO, ...(await listForeignHashes())].flatMap((one) => {
  const read = readForeignHash(one.text)
  return 'stored' in read ? [{ ...one, stored: read.stored }] : []
})

let server: TestServer
beforeAll(async () => {
  const firebaseSignerKey = Buffer.from(FIREBASE_SIGNER_KEY, 'base64')
  server = await startTestServer({
    core: { passwordHash: { memoryKib: 8, passes: 1, lanes: 1, firebaseSignerKey } },
  })
})
afterAll(() => server.close())

/** Stores a user as an import does. */
async function moveIn(stored: string, form = 0): Promise<string> {
  const email = newEmail()
  await server.database.sql`
    insert into users (id, email, password_hash, password_form, email_verified)
    values (gen_random_uuid(), ${email}, ${stored}, ${form}, true)`
  return email
}

const readStored = async (email: string) => {
  const [row] = await server.database
    .sql`select password_hash, password_form from users where email = ${email}`
  return { hash: row?.password_hash as string, form: row?.password_form as number }
}

async function logIn(email: string, password: string) {
  const { status, body } = await call(`${server.url}/login/`, { json: { email, password } })
  return { status, body }
}

describe.each(CASES)('a user with a hash of $name', ({ password, stored, form }) => {
  it('signs in with the password, has a hash of ours then, and signs in with it as before', async () => {
    const email = await moveIn(stored, form)
    expect(await logIn(email, `${password.slice(1)}!`)).toMatchObject(INCORRECT)
    expect(await readStored(email)).toEqual({ hash: stored, form })
    expect(await logIn(email, password)).toMatchObject({ status: 200 })
    const renewed = await readStored(email)
    expect(renewed).toEqual({ hash: expect.stringMatching(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/), form })
    expect(await logIn(email, password)).toMatchObject({ status: 200 })
    expect(await logIn(email, ` ${password}\t`)).toMatchObject(form === 1 ? { status: 200 } : INCORRECT)
    expect(await logIn(email, `${password} x`)).toMatchObject(INCORRECT)
    expect(await readStored(email)).toEqual(renewed)
  })

  it('with blanks around the password signs in at once, if the former software cut them', async () => {
    const email = await moveIn(stored, form)
    expect(await logIn(email, `\u3000${password}\n`)).toMatchObject(form === 1 ? { status: 200 } : INCORRECT)
  })
})

describe('a password that is checked over HTTP', () => {
  it('may have 4,096 characters where the former software took so many, and a longer one is wrong', async () => {
    const longest = 'x'.repeat(4096)
    for (const password of [longest, `${longest}x`]) {
      const { pbkdf2Sync } = await import('node:crypto')
      const hash = pbkdf2Sync(password, 'salt', 1, 32, 'sha256').toString('base64')
      const email = await moveIn(`pbkdf2_sha256$1$salt$${hash}`, 1)
      expect(await logIn(email, password)).toMatchObject(password === longest ? { status: 200 } : INCORRECT)
    }
    expect(await logIn(newEmail(), 'x'.repeat(20_000))).toMatchObject(INCORRECT)
  })

  it.each([
    '',
    '!',
    '!abc',
    'md5$a$5ba90f8276dfea9707851ba5594fa58c',
    'pbkdf2_sha256$x$y$z',
    '$2b$12$',
    '\n',
    'a$b',
  ])('is a wrong one against the stored text %j, at every operation, and no fault', async (stored) => {
    const isThere = stored !== '' && !stored.startsWith('!')
    const email = await moveIn(stored)
    expect(await logIn(email, 'Val1d-Passw0rd!')).toMatchObject(INCORRECT)
    expect(await logIn(email, stored || 'x')).toMatchObject(INCORRECT)
    const person = await signUp(server.ctx)
    await server.database.sql`update users set password_hash = ${stored} where id = ${person.userId}`
    const token = person.tokens.access
    const json = { password: person.password }
    expect((await call(`${server.url}/reauthenticate/`, { json, token })).status).toBe(400)
    const change = {
      old_password: person.password,
      new_password1: 'another fine pass',
      new_password2: 'another fine pass',
    }
    expect((await call(`${server.url}/password/change/`, { json: change, token })).status).toBe(400)
    const identity = await authenticate(server.ctx, token)
    const { code } = await refusalOf(deleteOwnUser(server.ctx, { identity, password: person.password }))
    expect(code).toBe(isThere ? 'invalid' : 'no_usable_password')
  })

  it('of a signed-in user is checked against a hash of another deployment too', async () => {
    const person = await signUp(server.ctx)
    const [made] = CASES.filter(({ name }) => name === 'django scrypt')
    await server.database.sql`
      update users set password_hash = ${made?.stored ?? ''}, password_form = 1 where id = ${person.userId}`
    const token = person.tokens.access
    for (const [password, status] of [
      ['wrong', 400],
      [` ${made?.password}`, 200],
    ] as const)
      expect((await call(`${server.url}/reauthenticate/`, { json: { password }, token })).status).toBe(status)
  })
})
