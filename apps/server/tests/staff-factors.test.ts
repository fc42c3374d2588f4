import { type Person, raiseLevel, signUp, signUpWithFactors } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../src/doors/rest/endpoints.ts'
import { type Answer, call, callTrpc } from './call.ts'
import { operationsOf, pathOf } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const PROCEDURE = { path: 'staff.users.resetFactors', type: 'mutation' }
const UNKNOWN_ID = '01890a5d-ac96-774b-bcce-b302099a8057'

async function member(server: TestServer, role: number): Promise<Person> {
  const person = await signUp(server.ctx)
  await server.database.sql`update users set role = ${role} where id = ${person.userId}`
  return person
}

/** Resets the factors of a user by each door. */
const DOORS: Record<string, (server: TestServer, by: Person, id: string) => Promise<Answer>> = {
  REST: ({ url }, { tokens }, id) =>
    call(`${url}/staff/users/${id}/reset-factors/`, { method: 'POST', token: tokens.access }),
  tRPC: ({ url }, { tokens }, id) => callTrpc(url, PROCEDURE, { input: { id }, token: tokens.access }),
}

describe.each(Object.entries(DOORS))('a reset of second factors by staff, over %s,', (name, reset) => {
  let server: TestServer
  let staff: Person
  beforeAll(async () => {
    server = await startTestServer({ mail: true })
    staff = await member(server, 1000)
  })
  afterAll(() => server.close())

  it('removes them, ends the sessions, and mails a link, because the password is dead', async () => {
    const owner = await signUpWithFactors(server, { totp: true, passkey: true, codes: true })
    const read = () => call(`${server.url}/staff/users/${owner.userId}/`, { token: staff.tokens.access })
    expect((await read()).body).toMatchObject({ second_factor: true, passkeys: 1 })
    expect(await reset(server, staff, owner.userId)).toMatchObject({ status: name === 'REST' ? 204 : 200 })
    expect((await read()).body).toMatchObject({ second_factor: false, passkeys: 0, last_seen_at: null })
    expect((await call(`${server.url}/user/`, { token: owner.access })).status).toBe(401)
    const { email, password } = owner
    expect((await call(`${server.url}/login/`, { json: { email, password } })).status).toBe(401)
    expect((await server.mailbox.next(email, 'reset-password')).secret).toMatch(/^[\w-]{43}$/)
  })

  it('is refused on staff, on oneself and on nobody', async () => {
    const other = await member(server, 1000)
    expect(await reset(server, staff, other.userId)).toMatchObject({ status: 403 })
    const own = await reset(server, staff, staff.userId)
    expect(own.status).toBe(403)
    expect(own.text).toContain('You cannot do this to your own account.')
    for (const id of [UNKNOWN_ID, 'x']) expect((await reset(server, staff, id)).status).toBe(404)
  })

  it('is refused after an old proof, and in a session of one factor of staff that has two', async () => {
    const { userId } = await signUpWithFactors(server, { totp: true })
    server.clock.seconds = 901
    const old = await reset(server, staff, userId)
    server.clock.seconds = 0
    const owner = await signUpWithFactors(server, { totp: true })
    await server.database.sql`update users set role = 1000 where id = ${owner.userId}`
    const by: Person = { ...owner, tokens: { access: owner.access, refresh: owner.refresh } }
    const half = await reset(server, by, userId)
    for (const { status, text } of [old, half]) {
      expect(status).toBe(403)
      expect(text).toContain('insufficient_user_authentication')
    }
    await raiseLevel(server, owner.sessionId)
    expect((await reset(server, by, userId)).status).toBeLessThan(300)
  })

  it('is for superusers alone where no mail is sent, and leaves the password', async () => {
    const silent = await startTestServer()
    try {
      const { userId, email, password } = await signUpWithFactors(silent, { totp: true })
      expect((await reset(silent, await member(silent, 1000), userId)).status).toBe(403)
      expect((await reset(silent, await member(silent, 900), userId)).status).toBeLessThan(300)
      const answer = await call(`${silent.url}/login/`, { json: { email, password } })
      expect(answer).toMatchObject({ status: 200, body: { access: expect.any(String) } })
    } finally {
      await silent.close()
    }
  })
})

describe('where a second factor of the role is required', () => {
  let required: TestServer
  let superuser: Person
  beforeAll(async () => {
    required = await startTestServer({ settings: { mfaRequiredRoles: [1000, 900] } })
    superuser = await member(required, 900)
  })
  afterAll(() => required.close())

  async function callBoth(endpoint: Endpoint, token: string) {
    const { method, procedure, procedurePath: path } = endpoint
    const json = method === 'GET' ? undefined : {}
    return [
      await call(required.url + pathOf(endpoint), { method, json, token }),
      await callTrpc(required.url, { path, type: procedure._def.type }, { input: { id: UNKNOWN_ID }, token }),
    ]
  }

  it.each(operationsOf('staff', 'superuser'))(
    '%s is refused in a session of aal1 through both doors, and admitted in one of aal2',
    async (_name, endpoint) => {
      const { tokens, sessionId } = superuser
      await required.database.sql`update sessions set acr = 'aal1', amr = 'pwd' where id = ${sessionId}`
      for (const { status, text, headers } of await callBoth(endpoint, tokens.access)) {
        expect(status).toBe(403)
        expect(text).toContain('"insufficient_user_authentication"')
        expect(text).toContain('"acr_values":"aal2"')
        expect(headers.get('www-authenticate')).toContain('acr_values="aal2"')
      }
      await raiseLevel(required, sessionId)
      for (const { text } of await callBoth(endpoint, tokens.access)) {
        expect(text).not.toContain('insufficient_user_authentication')
      }
    },
  )
})
