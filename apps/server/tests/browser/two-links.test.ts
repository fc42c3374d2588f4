import { NEW_PASSWORD, PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type JourneyServer, startJourneyServer } from './journey-server.ts'

let browser: Browser
let server: JourneyServer
let context: BrowserContext
beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), startJourneyServer({})])
})
beforeEach(async () => {
  context = await browser.newContext()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Opens the form for a new user in a tab of its own. */
async function openForm(): Promise<{ email: string; page: Page }> {
  const { email } = await server.signUp()
  await server.post('/password/reset/', { email })
  const page = await context.newPage()
  await server.openMail(page, 'Set a new password', email)
  await page.locator('pre').getByRole('link').click()
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
  return { email, page }
}

async function submit(page: Page): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
  await page.getByLabel('New password again').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Set new password' }).click()
}

const canLogin = async (email: string, password: string) =>
  (await server.post('/login/', { email, password })).status === 200

it('of two forms in one browser, the first changes no password, and the second its own', async () => {
  const first = await openForm()
  const second = await openForm()
  await submit(first.page)
  await first.page.getByRole('heading', { name: 'Another link was opened' }).waitFor()
  expect([await canLogin(first.email, PASSWORD), await canLogin(second.email, PASSWORD)]).toEqual([
    true,
    true,
  ])
  await submit(second.page)
  await second.page.getByRole('heading', { name: 'Your password has been reset' }).waitFor()
  expect(await canLogin(second.email, NEW_PASSWORD)).toBe(true)
  expect(await canLogin(first.email, PASSWORD)).toBe(true)
  await context.close()
})
