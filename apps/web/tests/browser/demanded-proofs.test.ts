import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fill, newPerson, press, sendSignUp, waitForScreen } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

let database: TestDatabase
let server: PortalServer
let browser: Browser
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, { DPOP: 'required', EMAIL_VERIFICATION: 'none' })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

test.each(['false', 'true'])(
  'people sign up, come back and sign in where a proof is demanded, with REFRESH_TOKEN_AS_COOKIE=%s',
  async (REFRESH_TOKEN_AS_COOKIE) => {
    await server.stop()
    await server.start({ REFRESH_TOKEN_AS_COOKIE })
    const page = await browser.newPage()
    const person = newPerson()
    await sendSignUp(page, server, person)
    await waitForScreen(page, 'Profile')
    await page.reload()
    await page.locator('#first_name').waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click()
    await waitForScreen(page, 'Sign in')
    await fill(page, { 'Email address': person.email, Password: person.password })
    await press(page, 'Sign in')
    await waitForScreen(page, 'Profile')
    const sessions = await database.sql`select jkt from sessions`
    expect(sessions.every(({ jkt }) => jkt !== null)).toBe(true)
    await page.context().close()
  },
)
