import { createClient, type LatchkeyClient, memoryStorage } from '@latchkey/client'
import { createMfaOperations } from '@latchkey/client/mfa'
import { createTestDatabase, type TestDatabase, totpCodeAt } from '@latchkey/testkit'
import { launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import {
  fill,
  listenForErrors,
  newPerson,
  openPage,
  PATIENCE_SECONDS,
  type Person,
  press,
  signIn,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

const SEARCH = 'Any part of a name or email address'

let database: TestDatabase
let server: PortalServer
let browser: Browser
const errors: string[][] = []
const unsteady: (readonly string[])[] = []

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  // The tests sign in more often in a minute than people at one address do.
  const settings = { EMAIL_VERIFICATION: 'none', EMAIL_VERIFIED_REDIRECT: '', THROTTLE_ANON: 'off' }
  server = await startPortalServer(database.url, settings)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

/** Opens a client on a device of its own. */
function openClient(): LatchkeyClient {
  return createClient({ baseUrl: server.url, storage: memoryStorage(), timeoutSeconds: PATIENCE_SECONDS })
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
  await fill(page, { [SEARCH]: email.toUpperCase() })
  await press(page, 'Search')
  await page.getByRole('link', { name: email }).click()
  await waitForScreen(page, 'Ada Lovelace')
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
    await press(page, 'Show more: Activity')
    await rows.nth(8).waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toMatch(/^A sign-in failed because the password was wrong/)
    await waitForSentence(page, 'The account was created')
    expect(await page.getByRole('button', { name: 'Show more: Activity' }).count()).toBe(0)
    await context.close()
  })
})

describe('the staff area', () => {
  test('has no link and no page for a user without a staff role', async () => {
    const { page, context } = await openAs(0)
    expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0)
    await page.goto(`${server.url}/account/staff`)
    await waitForScreen(page, 'Page not found')
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
    await press(page, 'Email a password reset link')
    await waitForSentence(page, `An email to ${person.email} is on its way.`)
    await server.waitForLink(person.email, /http:\S+\/password\/reset\/confirm\/\S+/)
    await press(page, 'Deactivate…')
    await waitForSentence(page, `${person.email} is signed out everywhere and cannot sign in`)
    await press(page, 'Keep it active')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await press(page, 'Deactivate…')
    await press(page, 'Deactivate')
    await waitForSentence(page, 'The account is deactivated')
    await waitForSentence(page, 'Not signed in on any device.')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Reactivate')
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
    await waitForSentence(page, `The account of ${person.email} has been deleted.`)
    await expect(person.client.login(person)).rejects.toMatchObject({ code: 'incorrect_credentials' })
    await context.close()
  })

  test('tells staff why they cannot act on staff', async () => {
    const other = await createPerson(1000)
    const { page, context } = await openAs(1000)
    await openPage(page, 'Accounts', 'Accounts')
    await page.getByRole('link', { name: other.email }).click()
    await waitForSentence(page, 'Only superusers can change the accounts of staff.')
    expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0)
    await page.goto(`${server.url}/account/staff/create`)
    await waitForScreen(page, 'Page not found')
    await context.close()
  })

  test('finds a moved-in account by its former id, and offers its owner no acts on itself', async () => {
    const me = await createPerson(900)
    const formerId = crypto.randomUUID().slice(0, 8)
    await database.sql`update users set external_id = ${formerId} where email = ${me.email}`
    const context = await browser.newContext()
    errors.push(listenForErrors(context))
    const page = await context.newPage()
    await signIn(page, server, me)
    await openPage(page, 'Accounts', 'Accounts')
    await fill(page, { [SEARCH]: formerId })
    await press(page, 'Search')
    await page.getByRole('link', { name: me.email }).click()
    await waitForSentence(page, 'This is your own account')
    await waitForSentence(page, 'Id in other services')
    await waitForSentence(page, formerId)
    expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0)
    await context.close()
  })

  test('shows the refusal of the server when the role was revoked meanwhile', async () => {
    const person = await createPerson()
    const { page, context, me } = await openAs(1000)
    await openAccount(page, person.email)
    await database.sql`update users set role = 0 where email = ${me.email}`
    await press(page, 'Deactivate…')
    await press(page, 'Deactivate')
    await page.getByRole('alert').filter({ hasText: 'You are not allowed to do this.' }).first().waitFor()
    await context.close()
  })

  test('lets superusers create a user and set the role', async () => {
    const { page, context } = await openAs(900)
    const { email } = newPerson()
    await openPage(page, 'Accounts', 'Accounts')
    await page.getByRole('link', { name: 'Create an account' }).click()
    await fill(page, { 'Email address': 'nobody' })
    await press(page, 'Create account')
    await waitForSentence(page, 'Enter a valid email address.')
    await fill(page, { 'Email address': email })
    await press(page, 'Create account')
    await waitForSentence(page, `The account has been created, and an invitation to ${email} is on its way.`)
    await waitForScreen(page, email)
    await page.getByLabel('New role').selectOption('Staff')
    await press(page, 'Change role')
    await waitForSentence(page, 'The role has been changed')
    await waitForSentence(page, 'The role was changed from User to Staff')
    await page.getByRole('link', { name: 'By a staff member' }).first().click()
    await waitForSentence(page, 'This is your own account')
    await context.close()
  })

  test('loads long lists page by page, and Back returns to the search', async () => {
    const { page, context } = await openAs(1000)
    await database.sql`
      insert into users (id, email, password_hash, first_name, created_at)
      select gen_random_uuid(), 'many-' || n || '@example.com', '', 'Many', now() from generate_series(1, 40) n`
    await openPage(page, 'Accounts', 'Accounts')
    await fill(page, { [SEARCH]: 'many-' })
    await page.keyboard.press('Enter')
    const rows = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')
    await page.getByRole('button', { name: 'Show more: Accounts' }).waitFor()
    await rows.filter({ hasText: 'many-' }).nth(24).waitFor()
    await press(page, 'Show more: Accounts')
    await rows.nth(39).waitFor()
    expect(await rows.count()).toBe(40)
    await page.getByRole('status').filter({ hasText: '40 entries shown' }).waitFor()
    await rows.first().getByRole('link').click()
    await waitForScreen(page, 'Many')
    await page.goBack()
    await waitForScreen(page, 'Accounts')
    expect(await page.locator('#search').inputValue()).toBe('many-')
    await fill(page, { [SEARCH]: 'nobody at all' })
    await press(page, 'Search')
    await page.getByRole('status').filter({ hasText: 'No accounts match.' }).waitFor()
    await context.close()
    // Their random ids put them before every account of the next tests.
    await database.sql`delete from users where first_name = 'Many'`
  })

  test('shows in the list who is out of the ordinary, and keeps the search in the address of the page', async () => {
    const marker = `m-${crypto.randomUUID().slice(0, 8)}`
    const [dormant, present] = [await createPerson(), await createPerson()]
    await database.sql`
      update users set email = ${`${marker}-1@example.com`}, is_active = false, email_verified = false, created_at = '2020-05-03T12:00:00Z'
      where email = ${dormant.email}`
    await database.sql`delete from sessions where user_id = (select id from users where email = ${`${marker}-1@example.com`})`
    await database.sql`
      update users set email = ${`${marker}-2@example.com`}, email_verified = true where email = ${present.email}`
    const { page, context } = await openAs(1000)
    // A sign-in on a busy machine may take longer than the minute of these words.
    await database.sql`
      update sessions set last_seen_at = now() where user_id = (select id from users where email = ${`${marker}-2@example.com`})`
    await openPage(page, 'Accounts', 'Accounts')
    const rows = page
      .getByRole('list', { name: 'Accounts' })
      .getByRole('listitem')
      .filter({ hasText: marker })
    await fill(page, { [SEARCH]: marker })
    await press(page, 'Search')
    await page.getByRole('status').filter({ hasText: '2 entries shown' }).waitFor()
    const [seen, unseen] = await rows.allTextContents()
    expect(seen).toMatch(/Last seen just now/)
    expect(seen).not.toMatch(/Deactivated|Email not confirmed/)
    expect(unseen).toMatch(/Deactivated.*Email not confirmed.*Not signed in.*Created on May 3, 2020/)
    await page.getByLabel('Status').selectOption('Deactivated')
    await page.getByLabel('Last seen').selectOption('Not in the last 30 days')
    await press(page, 'Search')
    await page.getByRole('status').filter({ hasText: '1 entry shown' }).waitFor()
    const address = `${server.url}/account/staff?search=${marker}&active=false&seen=not-30d`
    expect(page.url()).toBe(address)
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Search')
    await page.goBack()
    await rows.nth(1).waitFor()
    expect(await page.getByLabel('Status').inputValue()).toBe('')
    await page.goto(address)
    await rows.first().waitFor()
    expect(await rows.count()).toBe(1)
    expect(await page.getByLabel('Last seen').inputValue()).toBe('not-30d')
    await page.getByRole('link', { name: 'Show all accounts' }).click()
    await rows.nth(1).waitFor()
    expect(await page.locator('#search').inputValue()).toBe('')
    await context.close()
  })

  test('shows no answer to an earlier search in the place of one that failed, and searches again', async () => {
    const person = await createPerson()
    const { page, context } = await openAs(1000)
    await openPage(page, 'Accounts', 'Accounts')
    const rows = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')
    await rows.nth(1).waitFor()
    const isSearch = (url: URL) => url.pathname === '/staff/users/' && url.searchParams.has('search')
    let isHeld = true
    await page.route(isSearch, async (route) => {
      while (isHeld) await new Promise((go) => setTimeout(go, 20))
      await route.fulfill({ status: 500, json: { detail: 'x', code: 'error' } })
    })
    await fill(page, { [SEARCH]: person.email })
    await press(page, 'Search')
    await page.locator('.rows[aria-busy="true"]').waitFor()
    isHeld = false
    await page.getByRole('alert').waitFor()
    expect(await rows.count()).toBe(0)
    await page.unroute(isSearch)
    await press(page, 'Try again')
    await rows.filter({ hasText: person.email }).waitFor()
    expect(await rows.count()).toBe(1)
    await context.close()
  })

  test('asks about an act without the refusal of another one, and says what the act does', async () => {
    const person = await createPerson()
    const { page, context } = await openAs(1000)
    await openAccount(page, person.email)
    await page.route('**/reset/', (route) =>
      route.fulfill({ status: 500, json: { detail: 'x', code: 'error' } }),
    )
    await press(page, 'Email a password reset link')
    await page.getByRole('alert').waitFor()
    await press(page, 'Deactivate…')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.getByRole('alert').count()).toBe(0)
    expect(await dialog.ariaSnapshot()).toContain('Deactivate this account?')
    const text = await dialog.evaluate((element) => {
      const id = element.getAttribute('aria-describedby')
      return id === null ? null : (document.getElementById(id)?.textContent ?? null)
    })
    expect(text).toContain('cannot sign in until you reactivate the account')
    await context.close()
  })

  test('removes the second factors of a user, asked once more, and shows them among the facts', async () => {
    const person = await createPerson()
    const { mfa } = createMfaOperations(person.client)
    const { secret } = await mfa.setup({})
    await mfa.activate({ code: totpCodeAt(secret, Date.now() / 1000) })
    const { page, context, me } = await openAs(1000)
    await openAccount(page, person.email)
    const fact = page.locator('dt:text-is("Two-step sign-in") + dd')
    expect(await fact.textContent()).toBe('On')
    await database.sql`update sessions set auth_time = now() - interval '1 hour'
      where user_id = (select id from users where email = ${me.email})`
    await press(page, 'Remove the factors…')
    await waitForSentence(page, /The person is signed out everywhere, and the password no longer works/)
    await press(page, 'Keep the factors')
    expect(await fact.textContent()).toBe('On')
    await press(page, 'Remove the factors…')
    await press(page, 'Remove the factors')
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.getByLabel('Current password', { exact: true }).fill(me.password)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await waitForSentence(page, 'The second factors have been removed')
    await expect.poll(() => fact.textContent()).toBe('Off')
    await waitForSentence(page, 'Every second factor was removed')
    await server.waitForLink(person.email, /http:\S+\/password\/reset\/confirm\/\S+/)
    await context.close()
  })

  test('counts a device that was signed out meanwhile as signed out', async () => {
    const person = await createPerson()
    await openClient().login(person)
    const { page, context } = await openAs(1000)
    await openAccount(page, person.email)
    const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
    await devices.nth(1).waitFor()
    await database.sql`delete from sessions where user_id = (select id from users where email = ${person.email})`
    await devices.first().getByRole('button').click()
    await devices.first().getByText('Signed out', { exact: true }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await context.close()
  })

  test('begins no line of an event with the line between its parts', async () => {
    const person = await createPerson()
    const { page, context } = await openAs(900, { viewport: { width: 390, height: 844 } })
    await openAccount(page, person.email)
    await press(page, 'Email a password reset link')
    await waitForSentence(page, 'A password reset link was emailed')
    const lines = await page.locator('.notes').evaluateAll((all) =>
      all.flatMap((line) =>
        [...line.children].slice(1).flatMap((part) => {
          part.scrollIntoView({ block: 'center' })
          const { left, top, height } = part.getBoundingClientRect()
          if (Math.abs(left - line.getBoundingClientRect().left) > 1) return []
          return [document.elementFromPoint(left - 7.5, top + height / 2) === part ? 'with' : 'without']
        }),
      ),
    )
    expect(new Set(lines)).toEqual(new Set(['without']))
    await context.close()
  })

  test('leads a visitor who opens a shared search to the sign-in, and back to the search', async () => {
    const me = await createPerson(1000)
    const page = await browser.newPage()
    const address = `${server.url}/account/staff?search=${encodeURIComponent(me.email)}&role=1000`
    await page.goto(address)
    await waitForScreen(page, 'Sign in')
    await fill(page, { 'Email address': me.email, Password: me.password })
    await press(page, 'Sign in')
    await waitForScreen(page, 'Accounts')
    await page.getByRole('status').filter({ hasText: '1 entry shown' }).waitFor()
    expect(page.url()).toBe(address)
    await page.close()
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
  const isRow = (sentence: string) => / a "(?:By a staff member|[^"]+@example\.com)" went /.test(sentence)
  expect(unsteady.flat().filter((sentence) => !isRow(sentence))).toEqual([])
})
