import { createClient, memoryStorage } from '@latchkey/client'
import { LANGUAGE_TAGS } from '@latchkey/languages'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREEN_PATHS } from '../../src/app.tsx'
import { expectAccessible } from '../support/accessible.ts'
import { listenForErrors, newPerson, PASSWORD, PATIENCE_SECONDS, type Person } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'
import { listCut, listUntranslated, speak } from '../support/texts.ts'

const SCREENS = Object.entries(SCREEN_PATHS).flatMap(([who, paths]) => paths.map((path) => ({ who, path })))
const NAMES = { first_name: '\u0622\u062f\u0627', last_name: '\u0644\u0648\u0641\u0644\u064a\u0633' }

let database: TestDatabase
let server: PortalServer
let browser: Browser
let superuser: Person & { id: string }

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, {
    EMAIL_VERIFICATION: 'optional',
    EMAIL_VERIFIED_REDIRECT: '/account/verified',
    DEFAULT_LANGUAGE: 'it',
    ...MANY_PROVIDERS,
    THROTTLE_LOGIN: 'off',
    THROTTLE_ANON: 'off',
  })
  browser = await launchBrowser()
  const { email, password } = newPerson()
  const client = createClient({
    baseUrl: server.url,
    storage: memoryStorage(),
    timeoutSeconds: PATIENCE_SECONDS,
    fetch: fetchAsFirefox,
  })
  await client.register({ email, password1: password, password2: password, ...NAMES })
  const [row] = await database.sql`update users set role = 900 where email = ${email} returning id`
  superuser = { email, password, id: row?.id }
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

/** Names a known browser, because the name of an unknown program is in no catalogue. */
const fetchAsFirefox: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0')
  return fetch(input, { ...init, headers })
}

/** Fills in the fields by their names and sends the form, without a word of any language. */
async function send(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).fill(value)
  await page.locator('main button[type="submit"]').first().click()
}

async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto(`${server.url}/account/sign-in`)
  await send(page, { email, password })
  await page.locator('.account main h1').waitFor()
}

/** Waits until the screen is drawn and loads nothing more. */
async function settle(page: Page): Promise<void> {
  await page.locator('main h1').waitFor()
  await page.locator('.loading').waitFor({ state: 'detached' })
}

describe('in the pseudo-locale every sentence is from a catalogue, and none is cut on a phone:', () => {
  let context: BrowserContext
  let visitor: Page
  let user: Page
  beforeAll(async () => {
    context = await browser.newContext()
    user = await context.newPage()
    await speak(user, 'en-XA')
    await signIn(user, superuser)
    visitor = await browser.newPage()
    await speak(visitor, 'en-XA')
  })
  afterAll(() => context?.close())

  test.each([...SCREENS, { who: 'anybody', path: '/nowhere' }])('$path', async ({ who, path }) => {
    const page = who === 'signedIn' || who === 'staff' ? user : visitor
    await page.goto(`${server.url}/account${path.replace(':id', superuser.id)}`)
    await settle(page)
    expect(await listUntranslated(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await listCut(page)).toEqual([])
    const form = page.locator('main form:not(search form)').first()
    if ((await form.count()) === 0) return
    await form.locator('button[type="submit"]').click()
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
    // The sentences about what was sent are those of the client.
    const own = (await listUntranslated(page)).filter((text) => !/^[A-Z].*\.$/.test(text))
    expect(own).toEqual([])
    expect(await page.title()).toMatch(/^\[/)
    expect(await listCut(page)).toEqual([])
  })
})

describe('the refusals of an empty form are not cut on a phone:', () => {
  test.each(LANGUAGE_TAGS)('%s', async (language) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    await speak(page, language)
    const listCutOn = async (path: string) => {
      await page.goto(`${server.url}/account${path}`)
      await settle(page)
      await page.locator('main button[type="submit"]').first().click()
      await page.locator('.field-error').first().waitFor()
      return listCut(page)
    }
    expect(await listCutOn('/sign-up')).toEqual([])
    await signIn(page, superuser)
    for (const path of ['/email', '/password', '/delete']) expect(await listCutOn(path)).toEqual([])
    await context.close()
  })
})

describe('with every provider no page is wider than a phone:', () => {
  test.each(LANGUAGE_TAGS)('%s', async (language) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    await speak(page, language)
    const expectFitting = async (path: string) => {
      await page.goto(`${server.url}/account${path}`)
      await settle(page)
      await page.locator('.provider').nth(7).waitFor()
      const widths = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        const names = [...document.querySelectorAll('.provider, nav a')]
        return [scrollWidth <= clientWidth, names.every((one) => one.scrollWidth <= one.clientWidth)]
      })
      expect({ path, widths }).toEqual({ path, widths: [true, true] })
    }
    await expectFitting('/sign-in')
    await expectFitting('/sign-up')
    await signIn(page, superuser)
    await expectFitting('/connections')
    await context.close()
  })
})

test('a visitor chooses a language, which stays after a reload and in the next tab', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(`${server.url}/account/sign-in`)
  const language = () => page.evaluate(() => document.documentElement.lang)
  await page.locator('#language-menu').waitFor()
  expect(await language()).toBe('en')
  const names = await page
    .locator('#language-menu option')
    .evaluateAll((options) => options.map((option) => [option.getAttribute('lang'), option.textContent]))
  expect(names).toContainEqual(['ar', '\u0627\u0644\u0639\u0631\u0628\u064a\u0629'])
  await page.locator('#language-menu').selectOption('de')
  await page.reload()
  await page.locator('#language-menu').waitFor()
  expect(await page.locator('#language-menu').inputValue()).toBe('de')
  const other = await context.newPage()
  await other.goto(`${server.url}/account/sign-in`)
  await other.locator('#language-menu').waitFor()
  expect(await other.locator('#language-menu').inputValue()).toBe('de')
  await other.locator('#language-menu').selectOption('fr')
  await expect.poll(() => page.locator('#language-menu').inputValue()).toBe('fr')
  await context.close()
})

test.each([
  ['the language of the address that a page leads to', '/account/sign-in?lang=de', 'fr-FR', 'de'],
  ['the language of the browser', '/account/sign-in', 'fr-FR', 'fr'],
  ['DEFAULT_LANGUAGE when the browser asks for none of ours', '/account/sign-in?lang=tlh', 'sv-SE', 'it'],
])('a visitor without a choice gets %s', async (_what, path, locale, expected) => {
  const page = await browser.newPage({ locale })
  await page.goto(server.url + path)
  await page.locator('#language-menu').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(expected)
  await page.close()
})

describe('from right to left', () => {
  test('a person signs up, confirms, signs in, changes names and password, and signs out', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const errors = listenForErrors(context)
    const page = await context.newPage()
    await speak(page, 'ar')
    const person = newPerson()
    await page.goto(`${server.url}/account/sign-up`)
    await send(page, { ...NAMES, email: person.email, password1: PASSWORD, password2: PASSWORD })
    await page.locator('.account').waitFor()
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    await page.goto(await server.waitForLink(person.email, /http:\S+\/registration\/verification\/\S+/))
    await page.locator('main a.button').click()
    await settle(page)
    await send(page, { first_name: 'Ada' })
    await page.locator('main form .done:not(:empty)').waitFor()
    await expectAccessible(page)
    await page.goto(`${server.url}/account/password`)
    const next = 'purple stapler meadow'
    await send(page, { old_password: PASSWORD, new_password1: next, new_password2: next })
    await page.locator('main form .done:not(:empty)').waitFor()
    await expectAccessible(page)
    await page.goto(`${server.url}/account/sessions`)
    await page.locator('.sessions li button').first().click()
    await page.locator('.plain #email').waitFor()
    await signIn(page, { email: person.email, password: next })
    expect(errors).toEqual([])
    await context.close()
  })
})
