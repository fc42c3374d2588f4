import { signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const MIB = 1024 * 1024

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

const postRaw = (body: string | Blob, headers: Record<string, string> = JSON_TYPE) =>
  call(`${server.url}/login/`, { method: 'POST', body, headers })

/** The path of login at both doors. */
async function postBoth(text: string): Promise<Answer[]> {
  const trpc = call(`${server.url}/trpc/auth.login`, { method: 'POST', body: text, headers: JSON_TYPE })
  return [await postRaw(text), await trpc]
}

describe('a body made to exhaust the server is refused at little cost', () => {
  it('10,000 keys', async () => {
    const keys = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`key${i}`, i]))
    for (const answer of await postBoth(JSON.stringify(keys))) expect(answer.status).toBe(400)
    const short = Array.from({ length: 10_000 }, (_, i) => `${i.toString(36)}=`).join('&')
    expect((await postRaw(short, FORM_TYPE)).status).toBe(400)
    const long = Array.from({ length: 10_000 }, (_, i) => `"key${i}":1`).join(',')
    for (const answer of await postBoth(`{${long}}`)) expect(answer.status).toBe(413)
  })

  it('10 MB, as the declared length', async () => {
    for (const answer of await postBoth(`"${'x'.repeat(10 * MIB)}"`)) expect(answer.status).toBe(413)
  })

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('%s with a depth of 1,000', async (_name, open, close) => {
    const deep = `${open.repeat(1000)}1${close.repeat(1000)}`
    for (const text of [deep, `{"email":${deep},"password":${deep}}`, open.repeat(60_000 / open.length)]) {
      for (const answer of await postBoth(text)) expect(answer.status).toBe(400)
    }
  })

  it('a multipart body of 1,000 parts, or with a part that does not end', async () => {
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    for (const text of [`${part.repeat(1000)}--x--\r\n`, part.repeat(1000), '--x\r\n'.repeat(5000)]) {
      expect((await postRaw(text, headers)).status).toBe(400)
    }
  })
})

describe('a deceptive body does no harm', () => {
  it('the last of duplicate keys counts, for the throttle and for the operation', async () => {
    const { email } = await signUp(server.ctx)
    const text = `{"email":"${email}","email":"nobody@example.com","password":"correct horse battery"}`
    for (const answer of await postBoth(text)) expect(answer.status).toBe(401)
  })

  it.each([
    ['a lone surrogate', '{"email":"\\ud800","password":"\\udc00"}', 'Not a valid string.'],
    ['a NUL', '{"email":"a\\u0000@example.com","password":"\\u0000"}', 'Null characters are not allowed.'],
  ])('%s is refused by name, and never reaches the database', async (_name, text, sentence) => {
    const [rest, trpc] = await postBoth(text)
    expect(rest).toMatchObject({ status: 400, body: { email: [sentence], password: [sentence] } })
    expect(trpc).toMatchObject({ status: 400, body: { error: { data: { fields: { email: [sentence] } } } } })
  })

  it.each(['%', '%zz', '%c0%af', '%ed%a0%80', '%00', 'email=%ff&password=%fe', '=&=&==', '&&&&'])(
    'the form %j',
    async (text) => {
      expect((await postRaw(text, FORM_TYPE)).status).toBeGreaterThanOrEqual(400)
      expect((await postRaw(text, FORM_TYPE)).status).toBeLessThan(500)
    },
  )

  it.each(['gzip', 'br', 'deflate'])('a body that declares %s is not unpacked', async (encoding) => {
    expect((await postRaw('x', { ...JSON_TYPE, 'content-encoding': encoding })).status).toBe(400)
  })
})

describe('a deceptive path leads to no route', () => {
  it.each([
    '/sessions/%/',
    '/sessions/%zz/',
    '/sessions/%c0%ae%c0%ae/',
    '/sessions/%ed%a0%80/',
    '/sessions/%2e%2e%2flogin/',
    '/sessions/..%2f..%2fetc%2fpasswd/',
    '/registration/verification/%ff/',
    '/registration/verification/%00/',
    '/password/reset/confirm/%/%/',
    '/password/reset/confirm/AA%3D%3D/%0d%0aSet-Cookie:x=1/',
    '/trpc/%',
    '/trpc/auth.login%00',
    '/trpc/__proto__',
    '/trpc/constructor.constructor',
    '/docs/..%2f..%2fpackage.json',
    '/%',
  ])('%s', async (path) => {
    const { tokens } = await signUp(server.ctx)
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await call(server.url + path, { method, token: tokens.access })
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(answer.status).not.toBe(302)
    }
  })
})
