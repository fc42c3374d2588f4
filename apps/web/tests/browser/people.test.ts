import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREEN_PATHS } from '../../src/app.tsx'
import {
  fill,
  newPerson,
  openPage,
  press,
  signIn,
  signUp,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'

const BRAND = {
  APP_NAME: 'B\u00fccher & Co',
  APP_COLOR: '#7a1f5c',
  APP_URL: 'https://app.example.com/start',
  SUPPORT_URL: 'https://help.example.com/',
}

const DEVICE = { ip: null, browser: null, os: null, device: null }
const TIMES = {
  created_at: '2026-01-01T00:00:00Z',
  last_seen_at: '2026-01-01T00:00:00Z',
  expires_at: '2036-01-01T00:00:00Z',
}
const own = { id: crypto.randomUUID(), current: true, ...DEVICE, ...TIMES }
const away = { ...own, id: crypto.randomUUID(), current: false }

let database: TestDatabase
let server: PortalServer
let browser: Browser
let page: Page
const person = newPerson()

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, { ...BRAND, ...MANY_PROVIDERS })
  browser = await launchBrowser()
  page = await browser.newPage()
  await signUp(page, server, person)
  await signIn(page, server, person)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

describe('the operator', () => {
  test('is named in the title and the header, and colours the portal in both themes', async () => {
    expect(await page.title()).toBe(`Profile \u00b7 ${BRAND.APP_NAME}`)
    expect(await page.locator('.brand').textContent()).toBe(BRAND.APP_NAME)
    const accent = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
    expect(await accent()).toBe(BRAND.APP_COLOR)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await accent()).not.toBe(BRAND.APP_COLOR)
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('is reached from every screen: the app and the help', async () => {
    for (const path of ['/', '/sessions']) {
      await page.goto(`${server.url}/account${path}`)
      await page.locator(`a[href="${BRAND.APP_URL}"]`, { hasText: `Go to ${BRAND.APP_NAME}` }).waitFor()
      await page.locator(`a[href="${BRAND.SUPPORT_URL}"]`, { hasText: 'Get help' }).waitFor()
    }
  })

  test('is reached without JavaScript too, where the page says what to do', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const plain = await context.newPage()
    await plain.goto(`${server.url}/account/sign-in`)
    await plain.getByRole('heading', { name: 'JavaScript is turned off' }).waitFor()
    expect(
      await plain.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['/password/reset/default/', BRAND.APP_URL, BRAND.SUPPORT_URL])
    await context.close()
  })
})

describe('a part that could not be loaded', () => {
  const fail = (route: Route) =>
    route.request().method() === 'GET' && route.request().resourceType() === 'fetch'
      ? route.fulfill({ status: 500, json: { detail: 'x', code: 'error' } })
      : route.continue()
  const isServer = (url: URL) => !url.pathname.startsWith('/account')

  test.each(SCREEN_PATHS.signedIn)('of %s can be loaded again', async (path) => {
    await page.goto(`${server.url}/account/password`)
    await waitForScreen(page, 'Change your password')
    await page.route(isServer, fail)
    await page.goto(`${server.url}/account${path}`)
    const again = page.getByRole('button', { name: 'Try again' })
    // The screen of the password loads nothing.
    if (path !== '/password') await again.first().waitFor()
    await page.unroute(isServer, fail)
    while ((await again.count()) > 0) {
      await again.first().click()
      await page.locator('.loading').waitFor({ state: 'detached' })
    }
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  })
})

/** From now on the time of a page goes on by the steps of the test alone. A busy machine would let seconds pass. */
async function holdTime(held: Page): Promise<void> {
  await held.clock.pauseAt((await held.evaluate(() => Date.now())) + 1_000)
}

test('a refusal for too many attempts counts down, and a screen reader hears it once', async () => {
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.clock.install()
  await other.route('**/login/', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': '42' },
      json: { detail: 'Too many requests', code: 'throttled' },
    }),
  )
  await other.goto(`${server.url}/account/sign-in`)
  await fill(other, { 'Email address': person.email, Password: person.password })
  await holdTime(other)
  await press(other, 'Sign in')
  const heard = other.getByRole('alert').locator('.unseen')
  const seen = other.getByRole('alert').locator('[data-seconds-left]')
  await seen.filter({ hasText: '42 seconds' }).waitFor()
  for (const left of [41, 40, 39]) {
    await other.clock.runFor(1_000)
    await seen.filter({ hasText: `${left} seconds` }).waitFor()
  }
  expect(await heard.textContent()).toContain('42 seconds')
  await other.clock.fastForward(60_000)
  await waitForSentence(other, 'You can try again now.')
  expect(await heard.count()).toBe(0)
  await context.close()
})

test('a second refusal for too many attempts counts from its own time', async () => {
  const context = await browser.newContext({ storageState: await page.context().storageState() })
  const other = await context.newPage()
  await other.clock.install()
  let seconds = 1
  await other.route('**/sessions/', (route) => route.fulfill({ json: { sessions: [own, away] } }))
  await other.route('**/sessions/*/', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': String(seconds) },
      json: { detail: 'Too many requests', code: 'throttled' },
    }),
  )
  await other.goto(`${server.url}/account/sessions`)
  const end = other.locator('.sessions li').nth(1).getByRole('button')
  await end.waitFor()
  await holdTime(other)
  await end.click()
  await other.locator('[data-seconds-left]').waitFor()
  await other.clock.fastForward(60_000)
  await waitForSentence(other, 'You can try again now.')
  await other.clock.fastForward(60_000)
  seconds = 42
  await end.click()
  expect(await other.locator('[data-seconds-left]').getAttribute('data-seconds-left')).toBe('42')
  await context.close()
})

describe('a new password', () => {
  test('shows which rules of the server it meets while it is typed', async () => {
    await openPage(page, 'Password', 'Change your password')
    const met = page.locator('.rules .met')
    const type = (password: string) => page.locator('#new_password1').fill(password)
    expect(await met.count()).toBe(0)
    await type('1234')
    expect(await page.locator('.rules li').count()).toBe(4)
    await page.locator('[role="status"].unseen', { hasText: /2 rules|3 rules/ }).waitFor()
    await type('Password1')
    await expect.poll(() => met.count()).toBe(3)
    await type(person.email)
    await expect.poll(() => met.allTextContents()).not.toContainEqual(expect.stringContaining('Not similar'))
    await type('correct horse battery')
    await expect.poll(() => met.count()).toBe(4)
    await page.locator('[role="status"].unseen', { hasText: 'The password meets all rules.' }).waitFor()
  })
})

test('a name is required in the profile as it is at sign-up', async () => {
  await openPage(page, 'Profile', 'Profile')
  await fill(page, { 'First name': ' ' })
  await press(page, 'Save')
  await waitForSentence(page, 'Enter your first name.')
  await fill(page, { 'First name': 'Ada' })
  await press(page, 'Save')
  await waitForSentence(page, 'Your profile is saved.')
})

test('a device says its last use in words, with the exact time as its title, and the own one is first', async () => {
  // The tests before may have taken more than the minute of these words.
  await database.sql`update sessions set last_seen_at = now()`
  await openPage(page, 'Devices', 'Your devices')
  const first = page.locator('.sessions li').first()
  await first.getByText('This device').waitFor()
  await first.getByText('Last used just now').waitFor()
  expect(await first.locator('time').first().getAttribute('title')).toMatch(/\d{4}/)
})

describe('the portal', () => {
  test('prints its content without its controls', async () => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('.sessions li').first().isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
  })

  test('prints dark words, in the dark theme too', async () => {
    await openPage(page, 'Profile', 'Profile')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const [bright] = await page
      .locator('main dd bdi')
      .evaluateAll((names) => names.map((name) => getComputedStyle(name).color))
    expect(bright).toBe('rgb(0, 0, 0)')
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  })

  test('shows the focus and the current page where the system has colours of its own', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    const outline = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle)
    expect(await outline('nav a[aria-current="page"]')).toBe('solid')
    await page.keyboard.press('Tab')
    expect(await outline(':focus-visible')).toBe('solid')
    await page.emulateMedia({ forcedColors: 'none' })
  })

  test('moves nothing for people who want less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 100)
        .map(String),
    )
    expect(moving).toEqual([])
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  })
})

describe('a change of address', () => {
  test('that waits for its link is shown, and can be cancelled', async () => {
    const next = newPerson().email
    await openPage(page, 'Email', 'Change your email address')
    await fill(page, { 'New email address': next, 'Current password': person.password })
    await press(page, 'Send the link')
    await page.getByRole('heading', { name: 'Change of address' }).waitFor()
    await page.reload()
    await page.locator('section', { hasText: next }).waitFor()
    const link = await server.waitForLink(next, /http:\S+\/email\/change\/confirm\/\S+/)
    await press(page, 'Cancel the change')
    await waitForSentence(page, 'The change is cancelled.')
    await page.request.get(link)
    await page.reload()
    await page.locator('#new_email').waitFor()
    expect(await page.locator('.who').textContent()).toBe(person.email)
    expect(await page.getByText(next).count()).toBe(0)
  })
})

test('a person who signs out while offline hears what is left to do', async () => {
  await openPage(page, 'Devices', 'Your devices')
  await page.context().setOffline(true)
  await press(page, 'Sign out')
  await waitForScreen(page, 'Sign in')
  await waitForSentence(page, /^You are signed out in this browser, but the server could not be told\./)
  await page.context().setOffline(false)
  const [row] = await database.sql`select count(*)::int as count from sessions`
  expect(row?.count).toBeGreaterThan(0)
})
