import { type Person, signUp, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call, callTrpc } from './call.ts'
import { JSON_CALLER, operationsOf, pathOf } from './operations.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const SENTENCE = 'User email is not verified'
const REFRESH = { path: 'auth.refresh', type: 'mutation' }

let server: TestServer
let cookieServer: TestServer
beforeAll(async () => {
  const settings = { emailVerification: 'mandatory' } as const
  server = await startTestServer({ settings, mail: true })
  const app = { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } } as const
  cookieServer = await startTestServer({ settings, app, core: { database: server.database } })
})
afterAll(async () => {
  await cookieServer?.close()
  await server?.close()
})

/** A user of the time before the verification became mandatory. */
function signUpBefore(): Promise<Person> {
  return signUp(withConfig(server.ctx, { emailVerification: 'none' }))
}

function expectUnverified(rest: Answer, trpc: Answer): void {
  expect(rest.status).toBe(401)
  expect(rest.body).toEqual({ detail: SENTENCE, code: 'email_not_verified' })
  expect(trpc.status).toBe(401)
  expect(trpc.body).toMatchObject({ error: { message: SENTENCE, data: { code: 'email_not_verified' } } })
  for (const { headers } of [rest, trpc]) {
    expect(headers.get('www-authenticate')).toBe('Bearer realm="api"')
    expect(headers.getSetCookie()).toEqual([])
  }
}

describe('with mandatory verification, an unverified user', () => {
  it.each(operationsOf('authenticated', 'setup', 'staff', 'superuser'))(
    'is refused by %s through both doors, also with the role',
    async (_name, endpoint) => {
      const { tokens, userId } = await signUpBefore()
      await server.database.sql`update users set role = 900 where id = ${userId}`
      const { method, procedurePath: path, procedure } = endpoint
      const token = tokens.access
      const rest = await call(server.url + pathOf(endpoint), { method, token, headers: JSON_CALLER })
      expectUnverified(rest, await callTrpc(server.url, { path, type: procedure._def.type }, { token }))
      expect(await server.database.sql`select 1 from sessions where user_id = ${userId}`).toHaveLength(1)
    },
  )

  it('is not refreshed through both doors, and goes on after the mailed link', async () => {
    const { email, tokens } = await signUpBefore()
    const json = { refresh: tokens.refresh }
    const rest = await call(`${server.url}/refresh/`, { json })
    expectUnverified(rest, await callTrpc(server.url, REFRESH, { input: json }))
    await call(`${server.url}/registration/resend-email/`, { json: { email } })
    const { path } = await server.mailbox.next(email, 'verify-email')
    expect((await call(server.url + path)).status).toBe(302)
    expect((await call(`${server.url}/user/`, { token: tokens.access })).status).toBe(200)
    expect((await call(`${server.url}/refresh/`, { json })).status).toBe(200)
  })

  it('is not refreshed by its cookie, which stays, and goes on after the verification', async () => {
    const { tokens, userId } = await signUpBefore()
    const headers = { cookie: `refresh_token=${tokens.refresh}` }
    const refresh = () => call(`${cookieServer.url}/refresh/`, { method: 'POST', headers })
    expectUnverified(await refresh(), await callTrpc(cookieServer.url, REFRESH, { headers }))
    await server.database.sql`update users set email_verified = true where id = ${userId}`
    expect((await refresh()).status).toBe(200)
  })

  it('keeps no other user of the browser from refreshing by a cookie of the same name', async () => {
    const [planted, owner] = [await signUpBefore(), await signUpBefore()]
    await server.database.sql`update users set email_verified = true where id = ${owner.userId}`
    const cookie = [planted, owner].map(({ tokens }) => `refresh_token=${tokens.refresh}`).join('; ')
    const { status } = await call(`${cookieServer.url}/refresh/`, { method: 'POST', headers: { cookie } })
    expect(status).toBe(200)
    const trpc = await callTrpc(cookieServer.url, REFRESH, { headers: { cookie } })
    expect(trpc.status).toBe(200)
  })

  it('is not taken for signed out because of a dead cookie of the same name', async () => {
    const [gone, waiting] = [await signUpBefore(), await signUpBefore()]
    await server.database.sql`delete from sessions where id = ${gone.sessionId}`
    for (const people of [
      [gone, waiting],
      [waiting, gone],
    ]) {
      const cookie = people.map(({ tokens }) => `refresh_token=${tokens.refresh}`).join('; ')
      const answer = await call(`${cookieServer.url}/refresh/`, { method: 'POST', headers: { cookie } })
      expect(answer.body).toMatchObject({ code: 'email_not_verified' })
    }
  })

  it('signs out by its tokens and by its cookie', async () => {
    const [one, other] = [await signUpBefore(), await signUpBefore()]
    const json = { refresh: one.tokens.refresh }
    const signedOut = await call(`${server.url}/logout/`, { json, token: one.tokens.access })
    const headers = { cookie: `refresh_token=${other.tokens.refresh}` }
    const byCookie = await call(`${cookieServer.url}/logout/`, { method: 'POST', headers })
    expect([signedOut.status, byCookie.status]).toEqual([200, 200])
  })
})
