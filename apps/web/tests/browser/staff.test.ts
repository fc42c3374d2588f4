import { createClient, type LatchkeyClient, memoryStorage } from '@latchkey/client'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import {
  fill,
  listenForErrors,
  newPerson,
  openPage,
  type Person,
  press,
  signIn,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

let database: TestDatabase
let server: PortalServer
let browser: Browser
const errors: string[][] = []
const unsteady: (readonly string[])[] = []

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, { EMAIL_VERIFICATION: 'none', EMAIL_VERIFIED_REDIRECT: '' })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

/** Opens a client on a device of its own. */
function openClient(): LatchkeyClient {
  return createClient({ baseUrl: server.url, storage: memoryStorage() })
}

/** Creates a user with a role, without the portal. */
async function createPerson(role = 0): Promise<Person & { client: LatchkeyClient }> {
  const person = newPerson()
  const { email, password } = person
  const client = openClient()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await client.register({ email, password1: password, password2: password, ...names })
  await database.sql`update users set role = ${role} where email = ${email}`
  return { ...person, client }
}

/** Opens a page on which a new user with a role is signed in. */
async function openAs(
  role: number,
  options = {},
): Promise<{ page: Page; context: BrowserContext; me: Person }> {
  const context = await browser.newContext(options)
  errors.push(listenForErrors(context))
  unsteady.push(await watchControls(context))
  const page = await context.newPage()
  const me = await createPerson(role)
  await signIn(page, server, me)
  return { page, context, me }
}

async function openAccount(page: Page, email: string): Promise<void> {
  await openPage(page, 'Accounts', 'Accounts')
  await fill(page, { 'Address or name begins with': email.toUpperCase() })
  await press(page, 'Search')
  await page.getByRole('link', { name: email, exact: true }).click()
  await waitForScreen(page, 'Account')
  for (const name of ['Devices', 'Activity']) {
    await page.getByRole('list', { name }).getByRole('listitem').first().waitFor()
  }
}

describe('the recent activity of the signed-in user', () => {
  test('describes the events, and the first event of the next page takes the focus', async () => {
    const { page, context, me } = await openAs(0)
    await expect(openClient().login({ email: me.email, password: 'wrong' })).rejects.toThrow()
    for (let n = 0; n < 5; n++) await openClient().login(me)
    await page.reload()
    const rows = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
    await rows.nth(4).waitFor()
    expect(await rows.count()).toBe(5)
    expect(await rows.first().textContent()).toMatch(/^Signed in/)
    await press(page, 'Show more activity')
    await rows.nth(8).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(
      /^A sign-in failed: the password was not right/,
    )
    await waitForSentence(page, 'The account was created')
    expect(await page.getByRole('button', { name: 'Show more activity' }).count()).toBe(0)
    await context.close()
  })
})

describe('the staff area', () => {
  test('has no link and no page for a user without a staff role', async () => {
    const { page, context } = await openAs(0)
    expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0)
    await page.goto(`${server.url}/account/staff`)
    await waitForScreen(page, 'There is no such page')
    await context.close()
  })

  test('lets staff find a user, end sessions, deactivate, reactivate and delete the user', async () => {
    const person = await createPerson()
    await openClient().login(person)
    const { page, context } = await openAs(1000)
    await openAccount(page, person.email)
    expect(await page.getByRole('heading', { name: 'Role', exact: true }).count()).toBe(0)
    const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
    await devices.nth(1).waitFor()
    await devices.first().getByRole('button').click()
    await waitForSentence(page, 'is signed out.')
    await devices.first().getByText('Signed out', { exact: true }).waitFor()
    expect(await devices.first().getByRole('button').count()).toBe(0)
    await waitForSentence(page, 'A device was signed out')
    await press(page, 'Send a link for a new password')
    await waitForSentence(page, `A mail to ${person.email} is on its way.`)
    await server.waitForLink(person.email, /http:\S+\/password\/reset\/confirm\/\S+/)
    await press(page, 'Deactivate')
    await waitForSentence(page, 'The account is deactivated')
    await waitForSentence(page, 'Signed in nowhere.')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Reactivate')
    await expect(person.client.login(person)).rejects.toMatchObject({ code: 'no_active_account' })
    await press(page, 'Reactivate')
    await waitForSentence(page, 'The account is active again')
    await person.client.login(person)
    await press(page, 'Delete…')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await press(page, 'Delete…')
    await press(page, 'Delete the account')
    await waitForScreen(page, 'Accounts')
    await waitForSentence(page, `The account of ${person.email} is deleted.`)
    await expect(person.client.login(person)).rejects.toMatchObject({ code: 'incorrect_credentials' })
    await context.close()
  })

  test('tells staff why they cannot act on staff', async () => {
    const other = await createPerson(1000)
    const { page, context } = await openAs(1000)
    await openPage(page, 'Accounts', 'Accounts')
    await page.getByRole('link', { name: other.email }).click()
    await waitForSentence(page, 'Only superusers act on the accounts of staff.')
    expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0)
    await page.goto(`${server.url}/account/staff/create`)
    await waitForScreen(page, 'There is no such page')
    await context.close()
  })

  test('shows the refusal of the server when the role was revoked meanwhile', async () => {
    const person = await createPerson()
    const { page, context, me } = await openAs(1000)
    await openAccount(page, person.email)
    await database.sql`update users set role = 0 where email = ${me.email}`
    await press(page, 'Deactivate')
    await page.getByRole('alert').filter({ hasText: 'You are not allowed to do this.' }).waitFor()
    await context.close()
  })

  test('lets superusers create a user and set the role', async () => {
    const { page, context } = await openAs(900)
    const { email } = newPerson()
    await openPage(page, 'Accounts', 'Accounts')
    await page.getByRole('link', { name: 'Create an account' }).click()
    await fill(page, { 'E-mail address': 'nobody' })
    await press(page, 'Create the account')
    await waitForSentence(page, 'Enter a valid email address.')
    await fill(page, { 'E-mail address': email })
    await press(page, 'Create the account')
    await waitForSentence(page, 'The account is made, its owner invited.')
    await page.getByLabel('New role').selectOption('staff')
    await press(page, 'Change the role')
    await waitForSentence(page, 'The role is changed')
    await waitForSentence(page, 'The role was changed from user to staff')
    await page.getByRole('link', { name: 'by staff' }).first().click()
    await waitForSentence(page, 'This is your own account')
    await context.close()
  })

  test('loads long lists page by page, and Back returns to the search', async () => {
    const { page, context } = await openAs(1000)
    await database.sql`
      insert into users (id, email, password_hash, first_name, created_at)
      select gen_random_uuid(), 'many-' || n || '@example.com', '', 'Many', now() from generate_series(1, 40) n`
    await openPage(page, 'Accounts', 'Accounts')
    await fill(page, { 'Address or name begins with': 'many-' })
    await page.keyboard.press('Enter')
    const rows = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')
    await page.getByRole('button', { name: 'Show more accounts' }).waitFor()
    await rows.filter({ hasText: 'many-' }).nth(24).waitFor()
    await press(page, 'Show more accounts')
    await rows.nth(39).waitFor()
    expect(await rows.count()).toBe(40)
    await page.getByRole('status').filter({ hasText: '40 shown' }).waitFor()
    await rows.first().getByRole('link').click()
    await waitForScreen(page, 'Account')
    await page.goBack()
    await waitForScreen(page, 'Accounts')
    expect(await page.locator('#search').inputValue()).toBe('many-')
    await fill(page, { 'Address or name begins with': 'nobody at all' })
    await press(page, 'Search')
    await page.getByRole('status').filter({ hasText: 'No account begins like that.' }).waitFor()
    await context.close()
  })
})

test.each(['light', 'dark'] as const)(
  'in the %s theme axe finds no violation in the staff area, also at the width of a phone',
  async (colorScheme) => {
    const person = await createPerson()
    const { page, context } = await openAs(900, { colorScheme })
    await page.locator('.rows li').first().waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 1200, height: 800 })
    await openPage(page, 'Accounts', 'Accounts')
    await page.locator('.rows li').first().waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 1200, height: 800 })
    await openAccount(page, person.email)
    await page.locator('.sessions li').first().waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 1200, height: 800 })
    await press(page, 'Delete…')
    await expectAccessible(page)
    await page.goto(`${server.url}/account/staff/create`)
    await waitForScreen(page, 'Create an account')
    await expectAccessible(page)
    await context.close()
  },
)

test('no error and no violation of the Content-Security-Policy occurred, and no control moved', () => {
  expect(errors.flat()).toEqual([])
  // A search replaces the rows of a list, and an act adds an event to a list: such rows may move.
  const isRow = (sentence: string) => / a "(?:by staff|[^"]+@example\.com)" went /.test(sentence)
  expect(unsteady.flat().filter((sentence) => !isRow(sentence))).toEqual([])
})
