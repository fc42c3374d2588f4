import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREEN_PATHS } from '../../src/app.tsx'
import { expectAccessible } from '../support/accessible.ts'
import { newPerson, press, sendSignUp, signIn, waitForScreen } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'

/** The client repeats a call after other faults, so they take long to be shown. */
const REFUSAL = { detail: 'You do not have permission to perform this action.', code: 'permission_denied' }

/** What the server still answers. Anything else is refused. */
const ANSWERED = [
  { what: 'nothing', fits: /^$/ },
  { what: 'its settings alone', fits: /\/config\.json$/ },
  { what: 'its settings and who is signed in', fits: /\/(?:config\.json|refresh\/)$/ },
]
const PATHS = Object.entries(SCREEN_PATHS).flatMap(([who, paths]) => paths.map((path) => ({ who, path })))

let database: TestDatabase
let server: PortalServer
let browser: Browser
let account: Page
let visitor: Page
let id: string

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, {
    EMAIL_VERIFICATION: 'none',
    EMAIL_VERIFIED_REDIRECT: '',
    // Of a session in a cookie nothing is known before the server has answered.
    REFRESH_TOKEN_AS_COOKIE: 'true',
    THROTTLE_LOGIN: 'off',
    THROTTLE_ANON: 'off',
    ...MANY_PROVIDERS,
  })
  browser = await launchBrowser()
  visitor = await (await browser.newContext()).newPage()
  account = await (await browser.newContext()).newPage()
  const person = newPerson()
  await sendSignUp(account, server, person)
  await waitForScreen(account, 'Profile')
  // A superuser may see every screen.
  const [row] = await database.sql`update users set role = 900 where email = ${person.email} returning id`
  id = row?.id
  await press(account, 'Sign out')
  await signIn(account, server, person)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

describe.each(ANSWERED)('while the server answers $what', ({ fits }) => {
  test('each screen has one heading and the landmark of a page, and axe finds no violation', async () => {
    const seen = new Set<string>()
    for (const page of [visitor, account]) {
      await page.route('**', (route) => {
        const request = route.request()
        const isFault = request.resourceType() === 'fetch' && !fits.test(new URL(request.url()).pathname)
        return isFault ? route.fulfill({ status: 403, json: REFUSAL }) : route.continue()
      })
      for (const { who, path } of PATHS) {
        if (page === visitor && (who === 'signedIn' || who === 'staff')) continue
        await page.goto(`${server.url}/account${path.replace(':id', id)}`)
        await page.locator('h1').first().waitFor()
        await page.waitForFunction(() => document.querySelector('.loading') === null)
        const counts = [await page.locator('h1').count(), await page.locator('main').count()]
        expect({ path, counts }).toEqual({ path, counts: [1, 1] })
        const state = await page.locator('body').innerHTML()
        if (!seen.has(state)) await expectAccessible(page)
        seen.add(state)
      }
      await page.unroute('**')
    }
  })
})
