import { newEmail, PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { expectAccessible, openWatchedPage, type WatchedPage } from './browser.ts'
import { type JourneyServer, startJourneyServer } from './journey-server.ts'

/** 32 bytes in base64url, anywhere in a text. */
const KEY = /[A-Za-z0-9_-]{43}/

let browser: Browser
let server: JourneyServer
beforeAll(async () => {
  const settings = { EMAIL_VERIFICATION: 'optional', EMAIL_LINK_CONFIRMATION: 'button', REST_PREFIX: '/auth' }
  ;[browser, server] = await Promise.all([launchBrowser(), startJourneyServer(settings)])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Both links that confirm an address: how to get the mail, and where the link leads. */
const LINKS = [
  {
    name: 'a verification link',
    async openMail(page: Page) {
      const { email } = await server.signUp()
      await server.openMail(page, 'Confirm your email address', email)
    },
    parent: '/auth/registration/verification/',
    target: '/auth/registration/verified/',
    done: 'Your address is confirmed',
  },
  {
    name: 'the link of a change of address',
    async openMail(page: Page) {
      const { answer } = await server.signUp()
      const { access } = answer.body as { access: string }
      const new_email = newEmail()
      await server.post('/email/change/', { new_email, password: PASSWORD }, access)
      await server.openMail(page, 'Confirm your new email address', new_email)
    },
    parent: '/auth/email/change/confirm/',
    target: '/auth/email/change/complete/',
    done: 'Your address has been changed',
  },
]

/** Lists every address in the history of the tab. */
async function readHistory(context: BrowserContext, page: Page): Promise<string[]> {
  const devtools = await context.newCDPSession(page)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  return entries.map(({ url }) => url)
}

const press = (page: Page) => page.getByRole('button', { name: 'Confirm my address' }).click()

describe.each(LINKS)('$name with a button', ({ openMail, parent, target, done }) => {
  let context: BrowserContext
  let watched: WatchedPage
  const open = async (settings: { javaScriptEnabled: boolean }) => {
    context = await browser.newContext(settings)
    watched = await openWatchedPage(context, server.url)
    await openMail(watched.page)
    await watched.page.locator('pre').getByRole('link').click()
    await watched.page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
    return watched.page
  }
  afterEach(async () => {
    watched.expectPeace()
    await context.close()
  })

  it('removes the key from the address bar and from the history of the tab', async () => {
    const page = await open({ javaScriptEnabled: true })
    await expect.poll(() => page.url()).toBe(server.url + parent)
    await expectAccessible(page)
    await press(page)
    await page.getByRole('heading', { name: done }).waitFor()
    expect(page.url()).toBe(server.url + target)
    expect((await readHistory(context, page)).filter((address) => KEY.test(address))).toEqual([])
  })

  it('keeps what its link says about the page behind it, although the address bar loses it', async () => {
    const page = await open({ javaScriptEnabled: true })
    const action = await page.locator('form').evaluate((form: { action: string }) => form.action)
    const key = KEY.exec(action)?.[0] ?? ''
    await page.goto(`${server.url}${parent}${key}/?to=x`)
    await expect.poll(() => page.url()).toBe(server.url + parent)
    expect(await page.locator('form').evaluate((form: { action: string }) => form.action)).toBe(
      `${server.url}${parent}${key}/?to=x`,
    )
  })

  it('asks the reader to open the link again after a reload and after the back button', async () => {
    const page = await open({ javaScriptEnabled: true })
    await expect.poll(() => page.url()).toBe(server.url + parent)
    await page.reload()
    await page.getByRole('heading', { name: 'Open the link again' }).waitFor()
    await expectAccessible(page)
    await page.goBack()
    await page.locator('pre').getByRole('link').click()
    await press(page)
    await page.getByRole('heading', { name: done }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: /^(Open the link again|Confirm your address)$/ }).waitFor()
    expect(page.url()).toBe(server.url + parent)
  })

  it('works without JavaScript, and the press removes the key from the address bar', async () => {
    const page = await open({ javaScriptEnabled: false })
    expect(page.url()).toMatch(KEY)
    await press(page)
    await page.getByRole('heading', { name: done }).waitFor()
    expect(page.url()).toBe(server.url + target)
  })
})

describe('the page whose key was removed', () => {
  it.each(LINKS)('$parent is not cached and sends no referrer', async ({ parent }) => {
    for (const path of [parent, parent.replace('/auth', '').replace(/\/$/, '')]) {
      const { status, headers } = await call(server.url + path, { headers: { accept: 'text/html' } })
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })
})
