import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import { newPerson, press, signIn, signUp, waitForScreen } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'

const OPEN_PAGES = [
  ['/sign-in', 'Sign in'],
  ['/sign-in/second-step', 'Sign in'],
  ['/sign-in/set-up', 'Sign in'],
  ['/sign-up', 'Create your account'],
  ['/check-mail', 'Check your email'],
  ['/forgot-password', 'Forgot your password?'],
  ['/reset-password', 'Choose a new password'],
  ['/return', 'Sign in'],
  ['/verified', 'Your email address is confirmed'],
  ['/nowhere', 'Page not found'],
] as const
const ACCOUNT_PAGES = [
  ['/', 'Profile'],
  ['/email', 'Change your email address'],
  ['/password', 'Change your password'],
  ['/security', 'Sign-in security'],
  ['/connections', 'Connections'],
  ['/sessions', 'Your devices'],
  ['/delete', 'Delete your account'],
] as const

let database: TestDatabase
let server: PortalServer
let browser: Browser
const person = newPerson()

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, MANY_PROVIDERS)
  browser = await launchBrowser()
  const page = await browser.newPage()
  await signUp(page, server, person)
  await page.close()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

describe.each(['light', 'dark'] as const)(
  'in the %s theme axe finds no violation and the page does not scroll sideways at any width:',
  (colorScheme) => {
    let page: Page
    beforeAll(async () => {
      const context = await browser.newContext({ colorScheme })
      page = await context.newPage()
    })

    test.each(OPEN_PAGES)('%s', async (path, heading) => {
      await page.goto(`${server.url}/account${path}`)
      await waitForScreen(page, heading)
      await expectAccessible(page)
    })

    test('a refused form', async () => {
      await page.goto(`${server.url}/account/sign-up`)
      await press(page, 'Create account')
      await page.locator('.field-error').first().waitFor()
      await expectAccessible(page)
    })

    test('a refused sign-in', async () => {
      await page.goto(`${server.url}/account/sign-in`)
      await page.locator('#email').fill('nobody@example.com')
      await page.locator('#password').fill('not this one')
      await press(page, 'Sign in')
      await page.getByRole('alert').waitFor()
      await expectAccessible(page)
    })

    test('every page of a signed-in user', async () => {
      await signIn(page, server, person)
      for (const [path, heading] of ACCOUNT_PAGES) {
        await page.goto(`${server.url}/account${path}`)
        await waitForScreen(page, heading)
        await page.locator('main form, .rows li, .passkey, .provider').first().waitFor()
        await expectAccessible(page)
      }
      await page.context().setOffline(true)
      await page.getByText('You are offline.').waitFor()
      await expectAccessible(page)
      await page.context().close()
    })
  },
)
