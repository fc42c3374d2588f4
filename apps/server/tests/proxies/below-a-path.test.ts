import { listPages, operations, REFERENCE_SETTINGS } from '@latchkey/contract'
import {
  findFreePort,
  newEmail,
  PASSWORD,
  readClaims,
  startTestNginx,
  type TestNginx,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { serveBelow } from './nginx.ts'

const PREFIX = '/v1'
const PATH = '/auth'
const HTML = { accept: 'text/html' }
const SYSTEM = [
  '/',
  '/healthz',
  '/readyz',
  '/.well-known/jwks.json',
  '/openapi.json',
  '/docs',
  '/account',
  '/account/config.json',
  '/dev/mailbox/',
]

describe.each([
  ['removes the path', true],
  ['leaves the path', false],
])('below a path, behind an nginx that %s', (_name, strips) => {
  let server: TestServer
  let nginx: TestNginx
  let origin: string
  let url: string
  beforeAll(async () => {
    const front = await findFreePort()
    origin = `http://127.0.0.1:${front}`
    url = origin + PATH
    server = await startTestServer({
      mail: true,
      settings: {
        emailVerification: 'optional',
        publicUrl: url,
        basePath: PATH,
        restPrefix: PREFIX,
        linkBaseUrl: url + PREFIX,
        refreshCookie: { secure: false, sameSite: 'Lax', path: PATH },
      },
    })
    nginx = await startTestNginx(
      [front],
      serveBelow(PATH, { front, port: Number(new URL(server.url).port), strips }),
    )
  })
  afterAll(async () => {
    await nginx.close()
    await server.close()
  })

  const addresses = [
    ...Object.values(operations).map(({ path }) => path),
    ...listPages(REFERENCE_SETTINGS).map(([, { path }]) => path),
  ].map((path) => path.replaceAll(/\{\w+\}/g, 'x'))

  it('every address of the contract exists, also below REST_PREFIX', async () => {
    for (const address of addresses) {
      for (const prefix of ['', PREFIX]) {
        const { status, headers } = await call(url + prefix + address, { method: 'OPTIONS' })
        expect([address, status, headers.get('allow')]).toEqual([address, 204, expect.any(String)])
      }
    }
  })

  it.each(SYSTEM)('the address "%s" exists', async (address) => {
    // The portal is not built here, and says so with 503.
    expect([200, 503]).toContain((await call(url + address)).status)
  })

  it('every address in an answer is below the path, and exists', async () => {
    const index = Object.values((await call(`${url}/`)).body as object).filter((value) =>
      value.startsWith('/'),
    )
    const pages = await Promise.all(
      ['/', '/docs', '/dev/mailbox/', '/account/', '/registration/verified/'].map((path) =>
        call(url + path, { headers: HTML }),
      ),
    )
    const linked = pages.flatMap(({ text }) =>
      [...text.matchAll(/ (?:src|href|action|data-document)="(\/[^"]*)"/g)].map(([, path]) => path ?? ''),
    )
    expect(linked.length).toBeGreaterThan(pages.length)
    for (const path of [...index, ...linked]) {
      expect(path).toMatch(/^\/auth\//)
      // The portal is not built here.
      if (path !== `${PATH}/trpc` && path !== `${PATH}/account/`)
        expect([path, (await call(origin + path)).status]).toEqual([path, 200])
    }
    const document = (await call(`${url}/openapi.json`)).body as { servers: { url: string }[] }
    expect(document.servers).toEqual([{ url, description: 'This server' }])
    expect((await call(`${url}/account/config.json`)).body).toMatchObject({
      apiPath: PATH + PREFIX,
      mailboxPath: `${PATH}/dev/mailbox`,
    })
  })

  it('a user signs up, follows the mailed link and resets the password', async () => {
    const email = newEmail()
    const form = { email, password1: PASSWORD, password2: PASSWORD, first_name: 'A', last_name: 'B' }
    const signedUp = await call(`${url}/registration/`, { json: form })
    const { access } = signedUp.body as { access: string }
    expect(readClaims(access)).toMatchObject({ iss: url, aud: url })
    expect(signedUp.headers.get('set-cookie')).toContain(`; Path=${PATH};`)
    const user = await callTrpc(url, { path: 'user.get', type: 'query' }, { token: access })
    expect(user.body).toMatchObject({ result: { data: { email } } })
    const prefixed = await callTrpc(url + PREFIX, { path: 'user.get', type: 'query' }, { token: access })
    expect(prefixed.body).toEqual(user.body)

    const { link } = await server.mailbox.next(email, 'verify-email')
    expect(link).toMatch(new RegExp(`^${url}${PREFIX}/registration/verification/`))
    expect((await call(link, { headers: HTML })).headers.get('location')).toBe(
      `${PATH}${PREFIX}/registration/verified/`,
    )

    await call(`${url}/password/reset/`, { json: { email } })
    const reset = await call((await server.mailbox.next(email, 'reset-password')).link, { headers: HTML })
    expect(reset.headers.get('location')).toBe(`${PATH}${PREFIX}/password/reset/default/`)
    const [cookie = ''] = reset.headers.get('set-cookie')?.split(';') ?? []
    expect(reset.headers.get('set-cookie')).toContain(`; Path=${PATH};`)
    const posted = await call(`${url}${PREFIX}/password/reset/set-new/`, {
      body: new URLSearchParams({ new_password1: `${PASSWORD}!`, new_password2: `${PASSWORD}!` }),
      headers: { ...HTML, cookie, origin },
    })
    expect([posted.status, posted.headers.get('location')]).toEqual([
      303,
      `${PATH}${PREFIX}/password/reset/complete/`,
    ])
  })
})
