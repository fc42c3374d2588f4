import { createClient, memoryStorage } from '@latchkey/client'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, waitForFrames } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREEN_PATHS } from '../../src/app.tsx'
import { expectAccessibleNow } from '../support/accessible.ts'
import { ORDERS, openSlowly } from '../support/hold.ts'
import { newPerson, PATIENCE_SECONDS, type Person, signIn } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'

const SCREENS = Object.entries(SCREEN_PATHS).flatMap(([who, paths]) => paths.map((path) => ({ who, path })))
/** How much of an animation is over. What fades in has little contrast at first. */
const MOMENTS = [0.2, 1]

let database: TestDatabase
let server: PortalServer
let browser: Browser
let person: Person
let id: string

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, {
    EMAIL_VERIFICATION: 'none',
    EMAIL_VERIFIED_REDIRECT: '',
    THROTTLE_LOGIN: 'off',
    THROTTLE_ANON: 'off',
    ...MANY_PROVIDERS,
  })
  browser = await launchBrowser()
  person = newPerson()
  const { email, password } = person
  const client = createClient({
    baseUrl: server.url,
    storage: memoryStorage(),
    timeoutSeconds: PATIENCE_SECONDS,
  })
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await client.register({ email, password1: password, password2: password, ...names })
  // A superuser may see every screen.
  const [row] = await database.sql`update users set role = 900 where email = ${email} returning id`
  id = row?.id
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

/** Looks at the present state of the page: while something appears in it, and after that. */
async function expectAccessibleAllAlong(page: Page): Promise<void> {
  const takesTime = await page.evaluate(() =>
    document.getAnimations().some(({ effect }) => Number(effect?.getComputedTiming().duration) > 0),
  )
  for (const moment of takesTime ? MOMENTS : [1]) {
    await page.evaluate((part) => {
      for (const animation of document.getAnimations()) {
        const { delay = 0, duration } = animation.effect?.getComputedTiming() ?? {}
        animation.pause()
        animation.currentTime = delay + Number(duration) * part
      }
    }, moment)
    await expectAccessibleNow(page)
  }
}

const THEMES = [
  { colorScheme: 'light', order: ORDERS[0] },
  { colorScheme: 'dark', order: ORDERS[1] },
] as const

describe.each(THEMES)(
  'in the $colorScheme theme axe finds no violation at any moment, while the answers arrive one by one, $order:',
  ({ colorScheme, order }) => {
    test.each(SCREENS)('$path', async ({ who, path }) => {
      const context = await browser.newContext({ colorScheme })
      const page = await context.newPage()
      if (who === 'signedIn' || who === 'staff') await signIn(page, server, person)
      const seen = new Set<string>()
      const visit = async () => {
        // Until the page has its words, it shows nothing.
        await page.locator('main').waitFor()
        const state = await page.locator('body').innerHTML()
        if (!seen.has(state)) await expectAccessibleAllAlong(page)
        seen.add(state)
      }
      const url = `${server.url}/account${path.replace(':id', id)}`
      await openSlowly(page, url, order, visit)
      // Before the settings arrive, after them, and each later answer.
      expect(seen.size).toBeGreaterThan(1)
      await context.close()
    })

    test('a list whose next search runs', async () => {
      const context = await browser.newContext({ colorScheme })
      const page = await context.newPage()
      await signIn(page, server, person)
      await page.goto(`${server.url}/account/staff`)
      await page.locator('.rows li').first().waitFor()
      // No answer arrives any more.
      await page.route('**', (route) => void (route.request().resourceType() === 'fetch' || route.continue()))
      await page.locator('main form input[type=search]').fill('ada')
      await page.locator('main form button[type=submit]').click()
      await page.locator('.rows[aria-busy="true"] li').first().waitFor()
      await waitForFrames(page)
      await expectAccessibleAllAlong(page)
      await context.close()
    })
  },
)
