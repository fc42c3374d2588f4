import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, NEW_PASSWORD, newEmail, PASSWORD, type TestDatabase } from '@latchkey/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { findFreePort, type Run, runServer, waitForAddress } from '../run-server.ts'
import { expectAccessible, launchBrowser, openWatchedPage } from './browser.ts'

let browser: Browser
let database: TestDatabase
let dataDir: string
let server: Run
let url: string
beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-journey-'))
  const port = String(await findFreePort())
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: port }
  server = runServer({ ...env, EMAIL_VERIFICATION: 'mandatory' })
  ;[browser, url] = await Promise.all([launchBrowser(), waitForAddress(server)])
})
afterAll(async () => {
  await browser?.close()
  server?.process.kill('SIGTERM')
  await server?.exit
  await database?.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const post = (path: string, json: unknown) => call(url + path, { json })
const login = async (email: string, password: string) => (await post('/login/', { email, password })).status

/** Opens the newest mail with a subject in the mailbox, once it is there. */
async function openMail(page: Page, subject: string, email: string): Promise<void> {
  const link = page.getByRole('listitem').filter({ hasText: email }).getByRole('link', { name: subject })
  await page.goto(`${url}/dev/mailbox/`)
  await expect
    .poll(async () => {
      await page.getByRole('link', { name: 'Look for new mail' }).click()
      return link.count()
    })
    .toBe(1)
  await link.click()
}

/** The address bar holds nothing of a link's secret. */
function expectPlainAddress(page: Page, path: string): void {
  expect(page.url()).toBe(url + path)
}

describe.each([
  ['with JavaScript, on a desktop', { javaScriptEnabled: true, viewport: { width: 1280, height: 800 } }],
  ['without JavaScript, on a phone', { javaScriptEnabled: false, viewport: { width: 360, height: 640 } }],
])('a person %s', (_name, settings) => {
  it('signs up, confirms by mail, signs in, and sets a new password by mail', async () => {
    const context = await browser.newContext(settings)
    const { page: mailbox, expectPeace } = await openWatchedPage(context, url)
    const email = newEmail()
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    const form = { email, password1: PASSWORD, password2: PASSWORD, ...names }
    expect((await post('/registration/', form)).status).toBe(201)
    expect(await login(email, PASSWORD)).toBe(401)

    await openMail(mailbox, 'Confirm your sign-up', email)
    await mailbox.locator('pre').getByRole('link').click()
    await mailbox.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
    expectPlainAddress(mailbox, '/registration/verified/')
    expect(await login(email, PASSWORD)).toBe(200)

    expect((await post('/password/reset/', { email })).status).toBe(200)
    await openMail(mailbox, 'Set a new password', email)
    const button = mailbox.frameLocator('iframe').getByRole('link', { name: 'Set a new password' })
    const [page] = await Promise.all([context.waitForEvent('page'), button.click()])
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    expectPlainAddress(page, '/password/reset/default/')
    expect(await page.getByText('For the account').textContent()).toMatch(/^For the account \w…\w@e…e\.com$/)

    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByLabel('The new password again').fill('something else')
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('alert').getByText("The two password fields didn't match.").waitFor()
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByLabel('The new password again').fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('heading', { name: 'Your password has been reset' }).waitFor()
    expectPlainAddress(page, '/password/reset/complete/')
    expect(await context.cookies()).toEqual([])
    expect([await login(email, PASSWORD), await login(email, NEW_PASSWORD)]).toEqual([401, 200])
    expectPeace()
    await context.close()
  })
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each([
    ['a desktop', 1280],
    ['a phone', 320],
  ])('every page on %s can be used by everybody', async (_name, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 720 } })
    const { page, expectPeace } = await openWatchedPage(context, url)
    for (const path of [
      '/registration/account_email_verification_sent/',
      '/registration/verified/',
      '/email/change/complete/',
      '/password/reset/complete/',
      '/password/reset/default/',
      '/dev/mailbox/',
    ]) {
      await page.goto(url + path)
      await expectAccessible(page)
    }
    expectPeace()
    await context.close()
  })

  it('the form, its script at work and its errors can be used by everybody', async () => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 640 } })
    const { page, expectPeace } = await openWatchedPage(context, url)
    const email = newEmail()
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    await post('/registration/', { email, password1: PASSWORD, password2: PASSWORD, ...names })
    await openMail(page, 'Confirm your sign-up', email)
    await expectAccessible(page)
    await page.locator('pre').getByRole('link').click()
    await page.waitForURL('**/registration/verified/')
    await post('/password/reset/', { email })
    await openMail(page, 'Set a new password', email)
    await page.locator('pre').getByRole('link').click()
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByText('3 more characters needed.').waitFor()
    await page.getByLabel('Show passwords').check()
    await expectAccessible(page)
    for (const label of ['New password', 'The new password again']) {
      await page.getByLabel(label, { exact: true }).fill('password1')
    }
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.title()).toMatch(/^Error: /)
    await expectAccessible(page)
    expectPeace()
    await context.close()
  })
})
