import { PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../../apps/server/tests/test-server.ts'
import { verifyEmail } from '../../src/links/index.ts'
import { createSharedRefreshes } from '../../src/ssr/share-refreshes.ts'
import { age, createApp, IMPATIENT, signUpAt, visit } from './app.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const answer = () => new Response('<p>Hello</p>')
const sentTo = (asked: string[], path: string) => asked.filter((request) => request === `POST ${path}`)

/** The answer of Node, which takes no header after its headers were sent. */
function createNodeResponse() {
  const headers = new Map<string, string[] | string>()
  const response = {
    headersSent: false,
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string[] | string) => {
      if (response.headersSent) throw new Error('ERR_HTTP_HEADERS_SENT')
      headers.set(name, value)
    },
  }
  return response
}

test('after the answer has its cookies no refresh is sent, whose new token would be lost', async () => {
  const app = createApp(server)
  const { browser } = await signUpAt(app)
  const { client, applyTo } = await app.auth.refresh(visit(browser))
  browser.accept(applyTo(answer()))
  // The rest of a page that is streamed.
  await expect(client.session.refresh()).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(sentTo(app.asked, '/refresh/')).toEqual([])
  expect(await client.user.get()).toMatchObject({ first_name: 'Ada' })
})

test('after the headers of Node were sent no refresh is sent', async () => {
  const app = createApp(server)
  const { browser } = await signUpAt(app)
  const response = createNodeResponse()
  const request = { method: 'GET', url: '/', headers: { cookie: browser.header() } }
  const { client } = await app.auth.refresh(request, response)
  response.headersSent = true
  await expect(client.session.refresh()).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(sentTo(app.asked, '/refresh/')).toEqual([])
})

test('after the answer nobody signs in, because the browser would never know', async () => {
  const app = createApp(server)
  const { browser, email } = await signUpAt(app)
  const { client, applyTo } = await app.auth.refresh(visit(browser))
  applyTo(answer())
  const login = client.login({ email, password: PASSWORD })
  await expect(login).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(sentTo(app.asked, '/login/')).toEqual([])
})

test('a followed link has renewed the tokens before its answer, so that the browser gets them', async () => {
  const app = createApp(server)
  const { browser, email } = await signUpAt(app)
  const { client, applyTo } = await app.auth.refresh(visit(browser))
  app.override = (path) =>
    path.startsWith('/registration/verification/') ? new Response('', { status: 302 }) : undefined
  await verifyEmail(client, { key: 'x' })
  browser.accept(applyTo(answer()))
  await client.session.accessToken()
  const [session] = await server.database
    .sql`select generation from sessions where user_id = (select id from users where email = ${email})`
  const generation = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g
  const refresh = [...browser.header().matchAll(generation)][1]?.[0] ?? ''
  const claims = JSON.parse(atob(refresh.split('.')[1] ?? ''))
  expect(claims.generation).toBe(Number(session?.generation))
  age(browser)
  expect((await app.auth.refresh(visit(browser))).error).toBeNull()
})

test('a refresh that failed before the answer is not repeated after it', async () => {
  const app = createApp(server, IMPATIENT)
  const { browser } = await signUpAt(createApp(server))
  age(browser)
  app.override = (path) => (path === '/refresh/' ? new Response('', { status: 503 }) : undefined)
  const { client, error, applyTo } = await app.auth.refresh(visit(browser))
  expect(error).not.toBeNull()
  applyTo(answer())
  app.override = null
  const before = sentTo(app.asked, '/refresh/').length
  await expect(client.session.accessToken()).rejects.toMatchObject({ name: 'LatchkeyError' })
  expect(sentTo(app.asked, '/refresh/')).toHaveLength(before)
})

test.each([204, 205, 304])('an empty answer %i of a proxy is handed on as it is', async (status) => {
  const answered = await createSharedRefreshes().answer('{}', async () => new Response(null, { status }))
  expect(answered.status).toBe(status)
})
