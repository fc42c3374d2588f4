import { makeProofKey, PASSWORD, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { postProven, signUpFields } from '../proof/bound.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { cookieTokenOf, DOORS, type Reply, readReply, signUpOver } from './doors.ts'

const KEY = 'the-key-of-one-refresh'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } } })
})
beforeEach(() => {
  server.clock.seconds = 0
})
afterAll(() => server.close())

const accessOf = (answer: Answer) => (answer.body as { access: string }).access
const sessionOf = (token: string) => readClaims(token).session

/** Confirms in another tab that the caller is the user. Returns the cookie of the successor. */
async function confirm(access: string): Promise<string> {
  const answer = await call(`${server.url}/reauthenticate/`, { json: { password: PASSWORD }, token: access })
  return String(cookieTokenOf(answer))
}

describe.each(DOORS)('over %s, of two tabs with one cookie', (_door, path) => {
  async function refresh(cookies: string[], key?: string): Promise<Reply> {
    const cookie = cookies.map((token) => `refresh_token=${token}`).join('; ')
    const headers: Record<string, string> = { cookie, ...(key && { 'idempotency-key': key }) }
    return readReply(await call(server.url + path, { method: 'POST', headers }))
  }

  /** The ways in which the former session is answered after its successor was opened. */
  const WAYS: [string, (first: string) => Promise<{ token: string; key?: string }>, number][] = [
    ['by a rotation', async (token) => ({ token }), 2],
    [
      'in the grace',
      async (token) => {
        await refresh([token])
        return { token }
      },
      2,
    ],
    [
      'late, by its key',
      async (token) => {
        await refresh([token], KEY)
        server.clock.seconds += 31
        return { token, key: KEY }
      },
      2,
    ],
  ]

  it.each(WAYS)(
    'a refresh that is answered %s after the other tab confirmed leaves its cookie alone',
    async (_, prepare, generation) => {
      const signedUp = await signUpOver(server)
      const { token, key } = await prepare(String(cookieTokenOf(signedUp)))
      const successor = await confirm(accessOf(signedUp))
      const late = await refresh([token], key)
      expect([late.status, cookieTokenOf(late)]).toEqual([200, null])
      expect(late.body).toEqual({ access: expect.any(String) })
      expect(sessionOf(String(late.body.access))).toBe(sessionOf(token))
      const [row] = await server.database
        .sql`select generation from sessions where id = ${String(sessionOf(token))}`
      expect(row?.generation).toBe(generation)
      server.clock.seconds += 31
      const next = await refresh([successor])
      expect([next.status, sessionOf(String(cookieTokenOf(next)))]).toEqual([200, sessionOf(successor)])
    },
  )

  it('the tab with the former access token goes on with the cookie of the successor', async () => {
    const signedUp = await signUpOver(server)
    const successor = await confirm(accessOf(signedUp))
    const next = await refresh([successor])
    expect(sessionOf(String(next.body.access))).toBe(sessionOf(successor))
    expect(sessionOf(String(cookieTokenOf(next)))).toBe(sessionOf(successor))
  })

  it('a key that was used for the session of the first cookie moves nobody to that of the other one', async () => {
    const left = String(cookieTokenOf(await signUpOver(server)))
    server.clock.seconds += 2
    const first = String(cookieTokenOf(await signUpOver(server)))
    const current = String(cookieTokenOf(await refresh([first], KEY)))
    const both = await refresh([left, current], KEY)
    expect([both.status, both.body.code]).toEqual([422, 'idempotency_key_reused'])
    expect(cookieTokenOf(both)).toBeNull()
    const again = await refresh([left, current], `${KEY}-2`)
    expect([again.status, sessionOf(String(cookieTokenOf(again)))]).toEqual([200, sessionOf(first)])
  })

  it('a proof without a nonce moves nobody to the session of the other cookie', async () => {
    const left = String(cookieTokenOf(await signUpOver(server)))
    server.clock.seconds += 2
    const key = await makeProofKey()
    const opened = await postProven(server, '/registration/', { key, json: signUpFields() })
    const bound = String(cookieTokenOf(opened))
    const headers = { cookie: `refresh_token=${left}; refresh_token=${bound}` }
    const asked = await postProven(server, path, { key, json: {}, headers })
    expect([asked.status, asked.body.code]).toEqual([401, 'use_dpop_nonce'])
    expect(cookieTokenOf(asked)).toBeNull()
    const parts = { nonce: asked.headers.get('dpop-nonce') }
    const answer = await postProven(server, path, { key, json: {}, headers, parts })
    expect([answer.status, sessionOf(String(cookieTokenOf(answer)))]).toEqual([200, sessionOf(bound)])
  })

  it('a planted cookie whose session is bound to another key keeps nobody from the own session', async () => {
    const [key, other] = [await makeProofKey(), await makeProofKey()]
    const own = String(
      cookieTokenOf(await postProven(server, '/registration/', { key, json: signUpFields() })),
    )
    server.clock.seconds += 2
    const planted = await postProven(server, '/registration/', { key: other, json: signUpFields() })
    const headers = { cookie: `refresh_token=${cookieTokenOf(planted)}; refresh_token=${own}` }
    const parts = { nonce: planted.headers.get('dpop-nonce') }
    const answer = await postProven(server, path, { key, json: {}, headers, parts })
    expect([answer.status, sessionOf(String(cookieTokenOf(answer)))]).toEqual([200, sessionOf(own)])
  })

  it('a cookie whose session is bound to a key that is not proven lets the other cookie be tried', async () => {
    const left = String(cookieTokenOf(await signUpOver(server)))
    server.clock.seconds += 2
    const bound = String(cookieTokenOf(await signUpOver(server)))
    await server.database.sql`
      update sessions set jkt = 'of a key that nobody has', bound_by = 'dpop' where id = ${String(sessionOf(bound))}`
    const both = await refresh([bound, left])
    expect([both.status, sessionOf(String(cookieTokenOf(both)))]).toEqual([200, sessionOf(left)])
    const alone = await refresh([bound, 'garbage'])
    expect([alone.status, alone.body.code]).toEqual([401, 'invalid_dpop_proof'])
    expect(cookieTokenOf(alone)).toBeNull()
  })

  it('a late retry with its key gets the cookie of the lost answer', async () => {
    const first = String(cookieTokenOf(await signUpOver(server)))
    await refresh([first], KEY)
    server.clock.seconds += 3600
    const again = await refresh([first], KEY)
    expect([again.status, readClaims(String(cookieTokenOf(again))).generation]).toEqual([200, 2])
  })
})
