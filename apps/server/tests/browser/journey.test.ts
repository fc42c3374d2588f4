import { NEW_PASSWORD, PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectFitting, openWatchedPage } from './browser.ts'
import { type JourneyServer, startJourneyServer } from './journey-server.ts'

let browser: Browser
let server: JourneyServer
let url: string
beforeAll(async () => {
  ;[browser, server] = await Promise.all([
    launchBrowser(),
    startJourneyServer({
      EMAIL_VERIFICATION: 'mandatory',
      APP_COLOR: '#6d28d9',
      APP_URL: 'https://app.example.com',
      SUPPORT_URL: 'mailto:help@example.com',
    }),
  ])
  url = server.url
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const login = async (email: string, password: string) =>
  (await server.post('/login/', { email, password })).status

/** Fails when the address bar holds the secret of a link. */
function expectPlainAddress(page: Page, path: string): void {
  expect(page.url()).toBe(url + path)
}

describe.each([
  ['with JavaScript, on a desktop', { javaScriptEnabled: true, viewport: { width: 1280, height: 800 } }],
  ['without JavaScript, on a phone', { javaScriptEnabled: false, viewport: { width: 360, height: 640 } }],
])('a user %s', (_name, settings) => {
  it('signs up, confirms by mail, signs in, and sets a new password by mail', async () => {
    const context = await browser.newContext(settings)
    const { page: mailbox, expectPeace } = await openWatchedPage(context, url)
    const { email, answer } = await server.signUp()
    expect(answer.status).toBe(201)
    expect(await login(email, PASSWORD)).toBe(401)

    await server.openMail(mailbox, 'Confirm your sign-up', email)
    await mailbox.locator('pre').getByRole('link').click()
    await mailbox.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
    expectPlainAddress(mailbox, '/registration/verified/')
    expect(await login(email, PASSWORD)).toBe(200)

    expect((await server.post('/password/reset/', { email })).status).toBe(200)
    await server.openMail(mailbox, 'Set a new password', email)
    const button = mailbox.frameLocator('iframe').getByRole('link', { name: 'Set a new password' })
    const [page] = await Promise.all([context.waitForEvent('page'), button.click()])
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    expectPlainAddress(page, '/password/reset/default/')
    expect(await page.getByText('For the account').textContent()).toMatch(/^For the account \w…\w@e…e\.com$/)

    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByLabel('New password again').fill('something else')
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByText('The two passwords are not the same.').first().waitFor()
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
    await page.getByLabel('New password again').fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Set new password' }).click()
    await page.getByRole('heading', { name: 'Your password has been reset' }).waitFor()
    expectPlainAddress(page, '/password/reset/complete/')
    expect(await context.cookies()).toEqual([])
    expect([await login(email, PASSWORD), await login(email, NEW_PASSWORD)]).toEqual([401, 200])
    expectPeace()
    await context.close()
  })
})

const PAGES = [
  '/',
  '/registration/account_email_verification_sent/',
  '/registration/verified/',
  '/email/change/complete/',
  '/password/reset/complete/',
  '/password/reset/default/',
  '/dev/mailbox/',
]

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(['', '?lang=ar-XB'])(
    'every page is accessible on a desktop, and fits on a small phone: %s',
    async (query) => {
      const context = await browser.newContext({ colorScheme })
      const { page, expectPeace } = await openWatchedPage(context, url)
      for (const path of PAGES) {
        await page.setViewportSize({ width: 1280, height: 720 })
        await page.goto(url + path + query)
        await expectAccessible(page)
        await page.setViewportSize({ width: 320, height: 640 })
        await expectFitting(page)
      }
      expectPeace()
      await context.close()
    },
  )

  it('the password form is accessible, with its script and its errors', async () => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 640 } })
    const { page, expectPeace } = await openWatchedPage(context, url)
    const { email } = await server.signUp()
    await server.openMail(page, 'Confirm your sign-up', email)
    await expectAccessible(page)
    await page.locator('pre').getByRole('link').click()
    await page.waitForURL('**/registration/verified/')
    await server.post('/password/reset/', { email })
    await server.openMail(page, 'Set a new password', email)
    await page.locator('pre').getByRole('link').click()
    await page.getByLabel('Show passwords').waitFor()
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByText('3 more characters needed.').waitFor()
    await page.getByLabel('Show passwords').check()
    await expectAccessible(page)
    for (const label of ['New password', 'New password again']) {
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
