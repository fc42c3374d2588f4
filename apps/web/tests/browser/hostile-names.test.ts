import { createClient, memoryStorage } from '@latchkey/client'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, waitForFrames } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCREEN_PATHS } from '../../src/app.tsx'
import { findNameFaults, HOSTILE_NAMES, makeLongAddress } from '../support/hostile-names.ts'
import { PASSWORD, PATIENCE_SECONDS, press, signIn } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { MANY_PROVIDERS } from '../support/providers.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
/** Every screen that shows a name or an address. The screens of a signed-out visitor know none. */
const PATHS = [...SCREEN_PATHS.signedIn, ...SCREEN_PATHS.staff, '/check-mail']
const SETTINGS = {
  EMAIL_VERIFICATION: 'optional',
  EMAIL_VERIFIED_REDIRECT: '',
  THROTTLE_LOGIN: 'off',
  THROTTLE_ANON: 'off',
  ...MANY_PROVIDERS,
}

let database: TestDatabase
let server: PortalServer
let browser: Browser

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, SETTINGS)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

async function createPerson(names: { first_name: string; last_name: string }) {
  const email = makeLongAddress()
  const client = createClient({
    baseUrl: server.url,
    storage: memoryStorage(),
    timeoutSeconds: PATIENCE_SECONDS,
  })
  await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  const [row] = await database.sql`update users set role = 900 where email = ${email} returning id`
  return { email, password: PASSWORD, id: String(row?.id) }
}

async function expectNoFault(page: Page, names: string[]): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await waitForFrames(page)
    expect({ url: page.url(), ...size, faults: await findNameFaults(page, names) }).toMatchObject({
      faults: [],
    })
  }
}

test.each(Object.entries(HOSTILE_NAMES))(
  'a %s name breaks no screen, keeps its direction to itself, and stays in its sentence',
  async (_kind, person) => {
    const me = await createPerson(person)
    const other = await createPerson(person)
    const names = [person.first_name, person.last_name, me.email, other.email]
    const page = await browser.newPage()
    await signIn(page, server, me)
    const [passkey] = await database.sql`
      insert into passkeys (id, user_id, credential_id, public_key, sign_count, aaguid, rp_id, backup_eligible,
        backed_up, name, created_at)
      values (gen_random_uuid(), ${me.id}, gen_random_uuid()::text, '', 0, gen_random_uuid(), 'localhost', false,
        false, ${person.last_name.slice(0, 60)}, now()) returning name`
    names.push(String(passkey?.name))
    const [connection] = await database.sql`
      insert into connections (id, user_id, provider, uid, created_at, last_login)
      values (gen_random_uuid(), ${me.id}, 'google', ${person.first_name + me.id}, now(), now()) returning uid`
    names.push(String(connection?.uid))
    for (const path of PATHS) {
      await page.goto(`${server.url}/account${path.replace(':id', other.id)}`)
      if (path === '/check-mail') {
        await page.evaluate((email) => history.replaceState({ email }, ''), me.email)
        await page.reload()
      }
      await page.locator('main form, .rows li').first().waitFor()
      await expectNoFault(page, names)
      if (path === '/security' || path === '/connections') {
        await page.locator('.rows li button.grave').last().click()
        await page.getByRole('dialog').waitFor()
        await expectNoFault(page, names)
      }
      if (!path.includes(':id')) continue
      expect(await page.locator('h1 bdi').textContent()).toBe(`${person.first_name} ${person.last_name}`)
      await press(page, 'Delete…')
      await page.getByRole('dialog').waitFor()
      await expectNoFault(page, names)
    }
    await page.close()
  },
)
