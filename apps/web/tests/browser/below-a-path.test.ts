import {
  createTestDatabase,
  findFreePort,
  startTestNginx,
  type TestDatabase,
  type TestNginx,
} from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveBelow } from '../../../server/tests/proxies/nginx.ts'
import {
  fill,
  listenForErrors,
  newPerson,
  openPage,
  press,
  signIn,
  signUp,
  waitForScreen,
} from '../support/portal.ts'
import type { PortalServer } from '../support/portal-server.ts'
import { type ProviderPortal, startProviderPortal } from '../support/providers.ts'

const PATH = '/sign/in'
const NEW = 'another horse, another battery'

let browser: Browser
let database: TestDatabase
let portal: ProviderPortal
let local: PortalServer
/** The server as the browser knows it. */
let server: PortalServer
let front: number
beforeAll(async () => {
  front = await findFreePort()
  const url = `http://localhost:${front}${PATH}`
  database = await createTestDatabase()
  const people = { ada: { email: 'ada@acme.example', email_verified: true } }
  ;[browser, portal] = await Promise.all([
    launchBrowser(),
    startProviderPortal(database.url, people, {
      PUBLIC_URL: url,
      REFRESH_TOKEN_AS_COOKIE: 'true',
    }),
  ])
  local = portal.server
  server = { ...local, url }
})
afterAll(async () => {
  await browser?.close()
  await portal?.close()
  await database?.drop()
})

describe.each([
  ['removes the path', true],
  ['leaves the path', false],
])('below a path, behind an nginx that %s', (_name, strips) => {
  let nginx: TestNginx
  beforeAll(async () => {
    const port = Number(new URL(local.url).port)
    nginx = await startTestNginx([front], serveBelow(PATH, { front, port, strips }))
  })
  afterAll(() => nginx?.close())

  it('a user signs up, signs in, opens and reloads screens, and resets the password', async () => {
    const context = await browser.newContext()
    const errors = listenForErrors(context)
    const page = await context.newPage()
    const person = newPerson()
    await signUp(page, server, person)
    await signIn(page, server, person)
    await openPage(page, 'Devices', 'Your devices')
    expect(page.url()).toBe(`${server.url}/account/sessions`)
    await page.reload()
    await waitForScreen(page, 'Your devices')
    const cookies = await context.cookies(`${server.url}/refresh/`)
    expect(cookies.map(({ name, path }) => [name, path])).toEqual([['refresh_token', PATH]])

    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await page.goto(`${server.url}/account/forgot-password`)
    await fill(page, { 'Email address': person.email })
    await press(page, 'Send the link')
    await page.goto(await server.waitForLink(person.email, /http:\S+\/password\/reset\/confirm\/\S+/))
    await fill(page, { 'New password': NEW, 'New password again': NEW })
    await press(page, 'Set new password')
    await waitForScreen(page, 'Profile')
    expect(page.url()).toBe(`${server.url}/account/`)
    expect(errors).toEqual([])
    await context.close()
  })

  it('a user comes back from a provider to the page that was wanted', async () => {
    const context = await browser.newContext()
    const errors = listenForErrors(context)
    const page = await context.newPage()
    await page.goto(`${server.url}/account/connections`)
    await press(page, 'Continue with Acme')
    await waitForScreen(page, 'Connections')
    expect(page.url()).toBe(`${server.url}/account/connections`)
    await page.locator('.rows li').getByText('ada', { exact: true }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('the page of the document draws it', async () => {
    const context = await browser.newContext()
    const errors = listenForErrors(context)
    const page = await context.newPage()
    await page.goto(`${server.url}/docs`)
    await page.getByText('/password/reset/', { exact: true }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })
})
