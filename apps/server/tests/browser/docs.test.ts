import { TAGS } from '@latchkey/contract'
import { PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, openWatchedPage } from './browser.ts'
import { type JourneyServer, startJourneyServer } from './journey-server.ts'

let browser: Browser
let server: JourneyServer
beforeAll(async () => {
  ;[browser, server] = await Promise.all([
    launchBrowser(),
    startJourneyServer({ EMAIL_VERIFICATION: 'optional' }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Opens one operation of the page, by its name in the document. */
async function openOperation(page: Page, tag: string, operationId: string) {
  const operation = page.locator(`#operations-${tag}-${operationId}`)
  await operation.locator('.opblock-summary-control').click()
  await operation.getByText('Responses', { exact: true }).first().waitFor()
  return operation
}

describe.each(['light', 'dark'] as const)('the page at /docs in the %s theme', (colorScheme) => {
  it('shows the introduction and every group in order, and axe finds no violation', async () => {
    const context = await browser.newContext({ colorScheme })
    const { page, expectNoComplaint } = await openWatchedPage(context, server.url)
    await page.goto(`${server.url}/docs`)
    await page.locator('#operations-System-jwks').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Latchkey')
    expect(await page.getByRole('table').first().textContent()).toContain('token_not_valid')
    const groups = await page.evaluate(
      '[...document.querySelectorAll("h3[data-tag]")].map((group) => group.dataset.tag)',
    )
    expect(groups).toEqual(Object.keys(TAGS))
    const color = 'getComputedStyle(document.documentElement).colorScheme'
    expect(await page.evaluate(color)).toBe(colorScheme)
    await expectAccessible(page)
    for (const [tag, operationId] of [
      ['Authentication', 'rest_login'],
      ['Staff', 'staff_users_list'],
    ] as const) {
      const operation = await openOperation(page, tag, operationId)
      await operation.getByRole('button', { name: 'Try it out' }).click()
    }
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    expectNoComplaint()
    await context.close()
  })
})

it('a sign-in on the page gives the token of its further calls', async () => {
  const { email } = await server.signUp()
  const context = await browser.newContext()
  const { page, expectNoComplaint } = await openWatchedPage(context, server.url)
  await page.goto(`${server.url}/docs`)
  const login = await openOperation(page, 'Authentication', 'rest_login')
  await login.getByRole('button', { name: 'Try it out' }).click()
  await login.getByLabel('Body').fill(JSON.stringify({ email, password: PASSWORD }))
  await login.getByRole('button', { name: 'Execute' }).click()
  await login.locator('.live-responses-table').getByText('"access"').waitFor()
  const user = await openOperation(page, 'User', 'rest_user_details')
  await user.getByRole('button', { name: 'Try it out' }).click()
  await user.getByRole('button', { name: 'Execute' }).click()
  await user.locator('.live-responses-table').getByText(email).first().waitFor()
  expectNoComplaint()
  await context.close()
})
