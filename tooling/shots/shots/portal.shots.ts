import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { addAuthenticator, launchBrowser, waitForFrames } from '@latchkey/testkit/browser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { SCREEN_PATHS } from '../../../apps/web/src/app.tsx'
import { FACTOR_ROLE, walkFactorStates } from '../../../apps/web/tests/support/factor-states.ts'
import { type PortalServer, startPortalServer } from '../../../apps/web/tests/support/portal-server.ts'
import { MANY_PROVIDERS } from '../../../apps/web/tests/support/providers.ts'
import { readPassedOn } from '../src/options.ts'
import { PASSWORD, PEOPLE, type Person, signUpPeople } from '../src/people.ts'
import { forEachLook, type Look, photograph } from '../src/photographer.ts'

/** Where the portal keeps the language that a person has chosen. */
const LANGUAGE_KEY = 'latchkey.language'
const NO_LIMITS = {
  THROTTLE_ANON: 'off',
  THROTTLE_LOGIN: 'off',
  THROTTLE_LOGIN_EMAIL: 'off',
  THROTTLE_MAIL: 'off',
  THROTTLE_REFRESH: 'off',
  THROTTLE_USER: 'off',
}
const options = readPassedOn()

let browser: Browser
let database: TestDatabase
let server: PortalServer
let ids: Record<keyof typeof PEOPLE, string>
/** The session of a user who signed in before the verification was mandatory. */
let waiting: Exclude<BrowserContextOptions['storageState'], string>
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, {
    EMAIL_VERIFICATION: 'none',
    EMAIL_VERIFIED_REDIRECT: '',
    MFA_REQUIRED_ROLES: String(FACTOR_ROLE),
    ...MANY_PROVIDERS,
    ...NO_LIMITS,
  })
  ids = await signUpPeople(server.url, database)
  browser = await launchBrowser()
  const page = await openAs(PEOPLE.unverified, { subject: 'portal', language: 'en', theme: 'light' })
  waiting = await page.context().storageState()
  await page.context().close()
  await server.stop()
  await server.start({ EMAIL_VERIFICATION: 'mandatory', EMAIL_VERIFIED_REDIRECT: '/account/verified' })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

async function openPage({ language, theme }: Look, more: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ colorScheme: theme, ...more })
  await context.addInitScript(([key, value]) => localStorage.setItem(key, value), [
    LANGUAGE_KEY,
    language,
  ] as const)
  return context.newPage()
}

/** Waits until a screen has what it loads. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await waitForFrames(page)
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.waitForLoadState('networkidle')
  await waitForFrames(page)
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${server.url}/account${path}`)
  await settle(page)
}

/** Photographs a screen, and what its first form says when it is sent as it is. */
async function photographForm(page: Page, path: string, look: Look): Promise<void> {
  await open(page, path)
  await photograph(page, path, { look, options })
  const button = page.locator('main form button[type=submit]').first()
  if ((await button.count()) === 0) return
  await button.click()
  await settle(page)
  await photograph(page, `${path}, sent`, { look, options })
}

/** Opens a page on which a person is signed in. */
async function openAs({ email }: Person, look: Look): Promise<Page> {
  const page = await openPage(look)
  await open(page, '/sign-in')
  await page.locator('#email').fill(email)
  await page.locator('#password').fill(PASSWORD)
  await page.locator('main form button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  await settle(page)
  return page
}

it('photographs what a visitor sees', async () => {
  await forEachLook('portal', options, async (look) => {
    const page = await openPage(look)
    for (const path of [...SCREEN_PATHS.signedOut, ...SCREEN_PATHS.anybody, '/nowhere'])
      await photographForm(page, path, look)
    await open(page, '/sign-in')
    await page.locator('#email').fill('nobody@example.com')
    await page.locator('#password').fill('not this one')
    await page.locator('main form button[type=submit]').click()
    await page.getByRole('alert').first().waitFor()
    await photograph(page, '/sign-in, refused', { look, options })
    await page.context().setOffline(true)
    await settle(page)
    await photograph(page, '/sign-in, offline', { look, options })
    await page.context().close()
  })
})

it('photographs the portal without JavaScript', async () => {
  // The page is in English: no script has chosen a language.
  const english = { ...options, languages: ['en'] }
  await forEachLook('portal', english, async (look) => {
    const page = await openPage(look, { javaScriptEnabled: false })
    await page.goto(`${server.url}/account/`)
    await photograph(page, '/, without JavaScript', { look, options, isScripted: false })
    await page.context().close()
  })
})

it('photographs what a user sees', async () => {
  await forEachLook('portal', options, async (look) => {
    const page = await openAs(PEOPLE.ada, look)
    for (const path of SCREEN_PATHS.signedIn) await photographForm(page, path, look)
    await page.context().close()
    for (const name of ['long', 'arabic'] as const) {
      const other = await openAs(PEOPLE[name], look)
      for (const path of SCREEN_PATHS.signedIn) {
        await open(other, path)
        await photograph(other, `${path}, ${name}`, { look, options })
      }
      await other.context().close()
    }
    const unverified = await openPage(look, { storageState: waiting })
    await open(unverified, '/')
    await photograph(unverified, '/, unverified', { look, options })
    await unverified.context().close()
  })
})

it('photographs second factors', async () => {
  // A sign-up makes a user at once.
  await server.stop()
  await server.start({ EMAIL_VERIFICATION: 'none', EMAIL_VERIFIED_REDIRECT: '' })
  await forEachLook('portal', options, async (look) => {
    const page = await openPage(look)
    const device = await addAuthenticator(page)
    const stage = { page, device, url: server.url, database }
    await walkFactorStates(stage, (name) => photograph(page, name, { look, options }))
    await page.context().close()
  })
})

it('photographs what staff see', async () => {
  await forEachLook('portal', options, async (look) => {
    const page = await openAs(PEOPLE.staff, look)
    for (const path of SCREEN_PATHS.staff.filter((one) => !one.includes(':')))
      await photographForm(page, path, look)
    for (const path of SCREEN_PATHS.staff.filter((one) => one.includes(':'))) {
      for (const [name, id] of Object.entries(ids)) {
        await open(page, path.replace(':id', id))
        await photograph(page, `${path}, ${name}`, { look, options })
      }
    }
    await page.context().close()
  })
})
