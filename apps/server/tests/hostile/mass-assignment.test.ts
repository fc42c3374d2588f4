import { PASSWORD, readClaims, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Columns of a user that no caller may set. */
const FORBIDDEN = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  user_id: '01890a5d-ac96-774b-bcce-b302099a8057',
  role: 900,
  is_staff: true,
  is_superuser: true,
  is_active: false,
  isActive: false,
  email_verified: true,
  emailVerified: true,
  session_epoch: 99,
  password: 'taken over',
  password_hash: 'x',
  passwordHash: 'x',
  created_at: '2000-01-01T00:00:00Z',
  ['__proto__']: { role: 900 },
  constructor: { prototype: { role: 900 } },
}

const names = { first_name: 'Ada', last_name: 'Lovelace' }
const readRow = async (email: string) =>
  (await server.database.sql`select * from users where email = ${email}`)[0] ?? {}

it('a sign-up cannot set role, verification or id', async () => {
  const send = {
    rest: (json: object) => call(`${server.url}/registration/`, { json }),
    trpc: (input: object) =>
      callTrpc(server.url, { path: 'registration.register', type: 'mutation' }, { input }),
  }
  for (const [door, register] of Object.entries(send)) {
    const email = `${door}@example.com`
    const answer = await register({ ...FORBIDDEN, ...names, email, password1: PASSWORD, password2: PASSWORD })
    expect(answer.status).toBeLessThan(300)
    const row = await readRow(email)
    expect(row).toMatchObject({ role: 0, is_active: true, email_verified: false, session_epoch: 0 })
    expect(row.id).not.toBe(FORBIDDEN.id)
    expect(row.created_at.getFullYear()).toBeGreaterThan(2020)
  }
})

it.each(['PATCH', 'PUT'])('%s /user/ changes only names', async (method) => {
  const { email, tokens } = await signUp(server.ctx)
  const before = await readRow(email)
  const json = { ...FORBIDDEN, ...names, email: 'else@example.com' }
  expect((await call(`${server.url}/user/`, { method, json, token: tokens.access })).status).toBe(200)
  const { updated_at: _, ...same } = before
  expect(await readRow(email)).toMatchObject(same)
  const login = await call(`${server.url}/login/`, { json: { email, password: PASSWORD } })
  expect(readClaims((login.body as { access: string }).access).role).toBe(0)
})

it('no sent value changed a prototype', () => {
  expect(({} as Record<string, unknown>).role).toBeUndefined()
})
