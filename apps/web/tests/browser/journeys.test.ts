import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  fill,
  listenForErrors,
  newPerson,
  openPage,
  press,
  signIn,
  signUp,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

const ANOTHER = 'purple stapler meadow'

describe.each([
  ['tokens in the storage', {}],
  ['the refresh token in a cookie', { REFRESH_TOKEN_AS_COOKIE: 'true' }],
])('with %s', (_mode, env: Record<string, string>) => {
  let database: TestDatabase
  let server: PortalServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let errors: string[]
  let unsteady: readonly string[]
  let person = newPerson()

  beforeAll(async () => {
    database = await createTestDatabase({ empty: true })
    server = await startPortalServer(database.url, env)
    browser = await launchBrowser()
    context = await browser.newContext()
    errors = listenForErrors(context)
    unsteady = await watchControls(context)
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await database?.drop()
  })

  test('a sign-up becomes a user when the mailed link is followed', async () => {
    await signUp(page, server, person)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, server, person)
    expect(new URL(page.url()).pathname).toBe('/account/')
  })

  test('the session outlives a reload, and scripts cannot read the refresh token in cookie mode', async () => {
    await page.reload()
    await waitForScreen(page, 'Profile')
    const stored = await page.evaluate(() => JSON.stringify(localStorage))
    expect(stored.includes('refresh')).toBe(!('REFRESH_TOKEN_AS_COOKIE' in env))
    expect(await page.evaluate(() => document.cookie)).toBe('')
  })

  test('the names are saved, and are shown after a reload', async () => {
    await fill(page, { 'First name': 'Augusta' })
    await press(page, 'Save')
    await waitForSentence(page, 'Your profile is saved.')
    await page.reload()
    await waitForScreen(page, 'Profile')
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#first_name')?.value === 'Augusta',
    )
  })

  test('the password is changed; a refused field shows its error and takes the focus', async () => {
    await openPage(page, 'Password', 'Change your password')
    const fields = { 'New password': ANOTHER, 'New password again': ANOTHER }
    await fill(page, { 'Current password': 'not this one', ...fields })
    await press(page, 'Change password')
    await waitForSentence(page, 'This is not your current password.')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('old_password')
    expect(await page.locator('#old_password').getAttribute('aria-describedby')).toBe('old_password-error')
    await fill(page, { 'Current password': person.password, ...fields })
    await press(page, 'Change password')
    await waitForSentence(page, 'Your new password is set.')
    person = { ...person, password: ANOTHER }
    expect(await page.locator('#new_password1').inputValue()).toBe('')
  })

  test('a second device is listed, is signed out from the list, and has no session afterwards', async () => {
    const elsewhere = await browser.newContext({
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    })
    const other = await elsewhere.newPage()
    await signIn(other, server, person)
    await openPage(page, 'Devices', 'Your devices')
    const rows = page.locator('.sessions li')
    await rows.nth(1).waitFor()
    expect(await rows.nth(0).textContent()).toContain('This device')
    expect(await rows.nth(1).textContent()).toContain('Firefox on Linux')
    await press(page, 'Sign out: Firefox on Linux')
    await waitForSentence(page, 'Firefox on Linux is signed out.')
    await rows.nth(1).getByText('Signed out', { exact: true }).waitFor()
    expect(await rows.nth(1).getByRole('button').count()).toBe(0)
    await other.reload()
    await waitForScreen(other, 'Sign in')
    await elsewhere.close()
  })

  test('one button signs out all other devices', async () => {
    const elsewhere = await browser.newContext()
    const other = await elsewhere.newPage()
    await signIn(other, server, person)
    // A call of a screen that still loads would find the end of the session before the link is pressed.
    await other.getByLabel('First name').waitFor()
    await other.getByText('Signed in', { exact: true }).first().waitFor()
    await page.reload()
    await press(page, 'Sign out all other devices')
    await waitForSentence(page, 'All other devices are signed out.')
    await openPage(other, 'Devices', 'Sign in')
    await waitForSentence(other, 'Your session has ended.')
    await elsewhere.close()
    await page.locator('.sessions li').nth(1).getByText('Signed out', { exact: true }).waitFor()
    expect(await page.locator('.sessions').getByRole('button').count()).toBe(1)
  })

  test('the address changes only when the mailed link is followed', async () => {
    const next = newPerson().email
    await openPage(page, 'Email', 'Change your email address')
    await fill(page, { 'New email address': next, 'Current password': 'not this one' })
    await press(page, 'Send the link')
    await waitForSentence(page, 'This is not your password.')
    await fill(page, { 'Current password': person.password })
    await press(page, 'Send the link')
    await waitForSentence(page, /Your address changes when you open the link/)
    const link = await server.waitForLink(next, /http:\S+\/email\/change\/confirm\/\S+/)
    expect(await page.locator('.who').textContent()).toBe(person.email)
    await page.goto(link)
    await waitForScreen(page, 'Your email address is confirmed')
    await waitForSentence(page, next)
    person = { ...person, email: next }
  })

  test('a forgotten password is replaced after a mailed link, and the user is signed in', async () => {
    await page.getByRole('link', { name: 'Go to your account' }).click()
    await press(page, 'Sign out')
    await waitForSentence(page, 'You are signed out.')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await fill(page, { 'Email address': person.email })
    await press(page, 'Send the link')
    await waitForSentence(page, /an email with a link is on its way/)
    const link = await server.waitForLink(person.email, /http:\S+\/password\/reset\/confirm\/\S+/)
    await page.goto(link)
    await waitForScreen(page, 'Choose a new password')
    await page.getByText('For the account a').waitFor()
    await fill(page, { 'New password': '12345678', 'New password again': '12345678' })
    await press(page, 'Set new password')
    await waitForSentence(page, 'This password is too common.')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('new_password1')
    person = { ...person, password: 'a third long phrase' }
    await fill(page, { 'New password': person.password, 'New password again': person.password })
    await press(page, 'Set new password')
    await waitForScreen(page, 'Profile')
    await waitForSentence(page, /Your new password is set/)
    await page.goto(link)
    await waitForSentence(page, 'This link was invalid')
  })

  test('the form of a new password refuses a browser that followed no link', async () => {
    const stranger = await browser.newContext()
    const other = await stranger.newPage()
    await other.goto(`${server.url}/account/reset-password`)
    await fill(other, { 'New password': ANOTHER, 'New password again': ANOTHER })
    await press(other, 'Set new password')
    await waitForScreen(other, 'This link no longer works')
    await stranger.close()
  })

  test('a deleted user cannot sign in', async () => {
    await page.goto(`${server.url}/account/`)
    await page.getByRole('link', { name: 'Delete account' }).click()
    await waitForScreen(page, 'Delete your account')
    await fill(page, { 'Current password': person.password })
    await press(page, 'Delete my account')
    await waitForScreen(page, 'Sign in')
    await waitForSentence(page, 'Your account has been deleted.')
    await fill(page, { 'Email address': person.email, Password: person.password })
    await press(page, 'Sign in')
    await waitForSentence(page, 'The email address or the password is not right.')
  })

  test('no error and no violation of the Content-Security-Policy occurred, and no control moved', () => {
    expect(errors).toEqual([])
    expect(unsteady).toEqual([])
  })
})
