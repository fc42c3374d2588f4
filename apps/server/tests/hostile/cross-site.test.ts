import { PASSWORD, type Person, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

/** The headers that a browser sends for a page of another site, with or without a script. */
const FOREIGN: Record<string, Record<string, string>> = {
  'a form of another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'a frame without an origin': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'a browser that names no origin': { 'sec-fetch-site': 'cross-site' },
  'an old browser': { origin: 'https://evil.example' },
  'a look-alike of ours': { origin: 'http://localhost:3000.evil.example' },
  'ours on another port': { origin: 'http://localhost:3001', 'sec-fetch-site': 'same-site' },
}

const CONTENT_TYPES = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json',
  '',
]

let server: TestServer
let person: Person
beforeAll(async () => {
  server = await startTestServer({ app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } } })
  person = await signUp(server.ctx)
})
afterAll(() => server.close())

function encode(type: string, fields: Record<string, string>): string {
  if (type.includes('json') || type === 'text/plain') return JSON.stringify(fields)
  if (!type.startsWith('multipart')) return new URLSearchParams(fields).toString()
  const parts = Object.entries(fields).map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--x--\r\n`
}

describe.each(Object.entries(FOREIGN))('%s', (_name, headers) => {
  it.each(CONTENT_TYPES)('cannot sign in, up or out and cannot refresh by a POST of %j', async (type) => {
    const cookie = `refresh_token=${person.tokens.refresh}`
    const form = { email: person.email, password: PASSWORD, password1: PASSWORD, password2: PASSWORD }
    for (const path of ['/login/', '/registration/', '/refresh/', '/logout/', '/password/reset/set-new/']) {
      const sent = { ...headers, cookie, ...(type && { 'content-type': type }) }
      const answer = await call(server.url + path, { body: encode(type, form), headers: sent })
      expect(answer.status).toBe(403)
      expect(answer.body).toMatchObject({ code: 'csrf_failed' })
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    const rows = await server.database.sql`select generation from sessions where user_id = ${person.userId}`
    expect(rows).toMatchObject([{ generation: 1 }])
  })

  it.each(['auth.login', 'registration.resend', 'user.update'])(
    'cannot post to the procedure %s, whether it has a cookie or not',
    async (name) => {
      const options = { token: person.tokens.access, json: {}, headers }
      const answer = await call(`${server.url}/trpc/${name}`, options)
      expect(answer).toMatchObject({ status: 403, body: { error: { data: { code: 'csrf_failed' } } } })
    },
  )
})

describe('a page of another site', () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

  it('that holds an access token may call what has no cookie', async () => {
    const answer = await call(`${server.url}/user/`, { token: person.tokens.access, headers: foreign })
    expect(answer.status).toBe(200)
  })

  it('may sign in where the refresh token is in the body, because a browser adds nothing by itself', async () => {
    const other = await startTestServer()
    const { email } = await signUp(other.ctx)
    const json = { email, password: PASSWORD }
    const rest = await call(`${other.url}/login/`, { json, headers: foreign })
    const trpc = await call(`${other.url}/trpc/auth.login`, { json, headers: foreign })
    await other.close()
    expect([rest.status, trpc.status]).toEqual([200, 200])
  })
})
