import type { Core } from '@latchkey/core'
import { NEW_PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, call } from '../call.ts'
import { from, perHour, startThrottledServer } from '../hostile/throttled-server.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const OWN_PAGE = { ...HTML, origin: 'null', 'sec-fetch-site': 'same-origin' }
const SET_NEW = '/password/reset/set-new/'
const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
const NO_KEY = 'x'.repeat(43)

/** Posts a form. */
const submit = (url: string, headers: Record<string, string>, fields: Record<string, string> = NEW) =>
  call(url + SET_NEW, { body: new URLSearchParams(fields), headers })

function expectPage({ status, headers, text }: Answer, wanted: { status: number; heading: string }): void {
  expect([status, headers.get('content-type')]).toEqual([wanted.status, 'text/html; charset=utf-8'])
  expect(text).toContain(`<h1>${wanted.heading}</h1>`)
  expect(text).toMatch(/^<!doctype html>/)
  expect(headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
}

describe('a browser’s form', () => {
  let server: MailServer
  let cookie: string
  beforeAll(async () => {
    server = await startMailServer({ emailVerification: 'optional', emailLinkButton: true })
    cookie = (await server.openReset((await server.register()).email)).cookie
  })
  afterAll(() => server.close())

  it('from another site is refused with a page, or JSON for a program, and the link still works', async () => {
    const refused = await submit(server.url, { ...HTML, cookie, origin: 'https://evil.example' })
    expectPage(refused, { status: 403, heading: 'This form came from another site' })
    const program = await submit(server.url, { accept: '*/*', cookie, origin: 'https://evil.example' })
    expect(program).toMatchObject({
      status: 403,
      body: { detail: 'The request came from another site.', code: 'csrf_failed' },
    })
    expect((await server.get('/password/reset/default/', { cookie })).text).toContain('<form')
  })

  it('that is too large is refused with a page, or JSON for a program', async () => {
    const fields = { ...NEW, more: 'x'.repeat(70_000) }
    const refused = await submit(server.url, { ...OWN_PAGE, cookie }, fields)
    expectPage(refused, { status: 413, heading: 'That was too much' })
    const program = await submit(server.url, { cookie }, fields)
    expect(program).toMatchObject({ status: 413, body: { code: 'request_too_large' } })
  })

  it('that cannot be read is refused with a page', async () => {
    const headers = { ...OWN_PAGE, cookie, 'content-type': 'multipart/form-data; boundary=x' }
    const broken = await call(server.url + SET_NEW, { body: 'x', headers })
    expectPage(broken, { status: 400, heading: 'This did not work' })
  })

  it('that is loaded from the address bar shows a page with the way on, and the header Allow', async () => {
    const answer = await server.get(SET_NEW, HTML)
    expectPage(answer, { status: 405, heading: 'There is nothing to see here' })
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS')
    const program = await server.get(SET_NEW)
    expect(program.headers.get('allow')).toBe('POST, OPTIONS')
    expect(program).toMatchObject({
      status: 405,
      body: { detail: 'Method "GET" not allowed.', code: 'method_not_allowed' },
    })
  })

  it('is answered with JSON for a program that prefers JSON to a page', async () => {
    const accept = 'application/json, text/html;q=0.1'
    const fields = { new_password1: '12345', new_password2: '12345' }
    const answers = [
      await submit(server.url, { accept, cookie }, fields),
      await server.get(SET_NEW, { accept }),
      await server.get(`/email/change/confirm/${NO_KEY}/`, { accept }),
      await server.get('/', { accept }),
    ]
    const described = answers.map(({ status, headers }) => [status, headers.get('content-type')])
    expect(described).toEqual([400, 405, 404, 200].map((status) => [status, 'application/json']))
  })

  it('of an operation without a page is answered with JSON', async () => {
    const answer = await call(`${server.url}/login/`, { body: new URLSearchParams(), headers: HTML })
    expect(answer).toMatchObject({ status: 400, body: { email: ['This field is required.'] } })
  })
})

describe('a throttled page', () => {
  it.each([
    ['GET', '/password/reset/default/'],
    ['GET', '/password/reset/complete/'],
    ['GET', `/password/reset/confirm/x/${NO_KEY}/`],
    ['GET', `/email/change/confirm/${NO_KEY}/`],
    ['POST', `/email/change/confirm/${NO_KEY}/`],
    ['POST', SET_NEW],
  ])('%s %s is refused with a page for a browser and JSON for a program', async (method, path) => {
    const server = await startThrottledServer({ anon: perHour(1) }, { app: { emailLinkButton: true } })
    const body = method === 'POST' ? new URLSearchParams(NEW) : undefined
    const ask = (headers: Record<string, string>) =>
      call(server.url + path, { method, body, headers: { ...from('192.0.2.1').headers, ...headers } })
    await ask(OWN_PAGE)
    const page = await ask(OWN_PAGE)
    const json = await ask({ accept: '*/*' })
    await server.close()
    expectPage(page, { status: 429, heading: 'Too many tries' })
    expect(page.text).toContain('Too many attempts. Try again in 60 minutes.')
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(3500)
    expect(json).toMatchObject({ status: 429, body: { code: 'throttled' } })
  })
})

describe('a fault', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ replace: breakDatabase })
  })
  afterAll(() => server.close())

  it.each([
    [503, 'unavailable', 'The server is busy'],
    [500, 'error', 'Something went wrong on our side'],
  ])('is a page with %i and the request id for a browser, and JSON for a program', async (...wanted) => {
    const [status, code, heading] = wanted
    const path = `${server.url}/email/change/confirm/${NO_KEY}/`
    const page = await call(path, { headers: { ...HTML, 'user-agent': code } })
    expectPage(page, { status, heading })
    expect(page.text).toContain(page.headers.get('x-request-id'))
    expect(page.headers.get('retry-after')).toBe(status === 503 ? '2' : null)
    const json = await call(path, { headers: { 'user-agent': code } })
    expect(json).toMatchObject({ status, body: { code } })
  })
})

/** Makes every statement fail with the error that the user agent names. */
function breakDatabase(core: Core): Partial<Core> {
  return {
    context: (client, log) => {
      const context = core.context(client, log)
      const code = client.userAgent === 'unavailable' ? 'ECONNREFUSED' : 'X'
      const fail = () => {
        throw Object.assign(new Error('broken'), { code })
      }
      return { ...context, db: new Proxy(context.db, { get: fail }) }
    },
  }
}
