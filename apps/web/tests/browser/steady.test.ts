import { createClient, memoryStorage } from '@latchkey/client'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, waitForFrames, watchControls } from '@latchkey/testkit/browser'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREEN_PATHS } from '../../src/app.tsx'
import { ORDERS, openSlowly } from '../support/hold.ts'
import { newPerson, openPage, PATIENCE_SECONDS, type Person, press, signIn } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'
import { tryForms } from '../support/try-forms.ts'

const SETTINGS = {
  EMAIL_VERIFICATION: 'optional',
  EMAIL_VERIFIED_REDIRECT: '',
  THROTTLE_LOGIN: 'off',
  THROTTLE_ANON: 'off',
  ...MANY_PROVIDERS,
}
const SCREENS = Object.entries(SCREEN_PATHS).flatMap(([who, paths]) => paths.map((path) => ({ who, path })))
const VIEWPORTS = [
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const

let database: TestDatabase
let server: PortalServer
let browser: Browser
let someone: Person & { id: string }

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, SETTINGS)
  browser = await launchBrowser()
  someone = await createPerson()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

/** A client on a device of its own. A starved machine needs longer than the ten seconds of the client. */
const openClient = () =>
  createClient({ baseUrl: server.url, storage: memoryStorage(), timeoutSeconds: PATIENCE_SECONDS })

/** Creates a superuser, who may see every screen. */
async function createPerson(): Promise<Person & { id: string }> {
  const { email, password } = newPerson()
  const client = openClient()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await client.register({ email, password1: password, password2: password, ...names })
  const [row] = await database.sql`update users set role = 900 where email = ${email} returning id`
  return { email, password, id: row?.id }
}

describe.each(VIEWPORTS)(
  'on %s no control moves while data is loaded and forms are filled in, refused and sent:',
  (_name, viewport) => {
    test.each(SCREENS)('$path', async ({ who, path }) => {
      const context = await browser.newContext({ viewport })
      const unsteady = await watchControls(context)
      const page = await context.newPage()
      if (who === 'signedIn' || who === 'staff') await signIn(page, server, await createPerson())
      const url = `${server.url}/account${path.replace(':id', someone.id)}`
      for (const order of ORDERS) await openSlowly(page, url, order)
      await tryForms(page)
      await waitForFrames(page)
      expect(unsteady).toEqual([])
      await context.close()
    })

    test('from screen to screen by the navigation', async () => {
      const context = await browser.newContext({ viewport })
      const unsteady = await watchControls(context)
      const page = await context.newPage()
      await signIn(page, server, await createPerson())
      for (const link of await page.getByRole('navigation').getByRole('link').all()) {
        await link.click()
        await expect.poll(() => link.getAttribute('aria-current')).toBe('page')
        await waitForFrames(page)
      }
      await press(page, 'Sign out')
      await page.getByText('You are signed out.').waitFor()
      await waitForFrames(page)
      expect(unsteady).toEqual([])
      await context.close()
    })
  },
)

describe.each(VIEWPORTS)('on %s a second press at the same place hits no control:', (_name, viewport) => {
  /** Reads the text of the control at a place of the window; null when there is no control. */
  const lookAt = (page: Page, place: { x: number; y: number }) =>
    page.evaluate(({ x, y }) => {
      const control = document.elementFromPoint(x, y)?.closest('a, button, input, select')
      return control?.textContent ?? null
    }, place)
  const findMiddle = async (target: Locator) => {
    await target.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await target.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    return { x: x + width / 2, y: y + height / 2 }
  }

  test('the place of a signed-out device stays empty', async () => {
    const person = await createPerson()
    for (const _ of [1, 2, 3, 4]) await openClient().login(person)
    const context = await browser.newContext({ viewport })
    const page = await context.newPage()
    await signIn(page, server, person)
    await openPage(page, 'Devices', 'Your devices')
    const row = page.locator('.sessions li').nth(2)
    const place = await findMiddle(row.getByRole('button'))
    await page.mouse.click(place.x, place.y)
    await row.getByText('Signed out', { exact: true }).waitFor()
    await waitForFrames(page)
    expect(await lookAt(page, place)).toBe(null)
    expect(await page.getByRole('button', { name: /^Sign out: Un/ }).count()).toBe(4)
    await context.close()
  })

  test('the next page of a list begins below the place of "Show more"', async () => {
    const context = await browser.newContext({ viewport })
    const page = await context.newPage()
    await signIn(page, server, await createPerson())
    await database.sql`
      insert into users (id, email, password_hash, created_at)
      select gen_random_uuid(), 'many-' || n || '@example.com', '', now() from generate_series(1, 60) n
      on conflict do nothing`
    await openPage(page, 'Accounts', 'Accounts')
    const rows = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')
    const place = await findMiddle(page.getByRole('button', { name: 'Show more: Accounts' }))
    await page.mouse.click(place.x, place.y)
    await rows.nth(30).waitFor()
    await waitForFrames(page)
    expect(await lookAt(page, place)).toBe(null)
    await context.close()
  })
})
