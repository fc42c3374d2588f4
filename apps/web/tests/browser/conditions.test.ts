import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  fill,
  newPerson,
  openPage,
  PASSWORD,
  press,
  signIn,
  signUp,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

let database: TestDatabase
let server: PortalServer
let browser: Browser
let page: Page
let unsteady: readonly string[]
const person = newPerson()

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url)
  browser = await launchBrowser()
  page = await browser.newPage()
  unsteady = await watchControls(page.context())
  await signUp(page, server, person)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

function focused(): Promise<string> {
  return page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || '')
}

test('a name is written in its own direction', async () => {
  await page.goto(`${server.url}/account/sign-up`)
  await fill(page, { 'First name': 'אדה (Ada)', 'Last name': 'Lovelace' })
  const directionOf = (id: string) =>
    page.locator(`#${id}`).evaluate((input) => getComputedStyle(input).direction)
  expect(await directionOf('first_name')).toBe('rtl')
  expect(await directionOf('last_name')).toBe('ltr')
})

test('an address and a shown password are written in their own direction, on a page from right to left too', async () => {
  const rtl = await another()
  await rtl.goto(`${server.url}/account/sign-up`)
  await waitForScreen(rtl, 'Create your account')
  await rtl.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  await fill(rtl, { 'Email address': 'ada@', Password: 'what? no.', 'Password again': 'what?' })
  await rtl.getByLabel('Show passwords').check()
  for (const id of ['email', 'password1', 'password2']) {
    expect(await rtl.locator(`#${id}`).evaluate((input) => getComputedStyle(input).direction)).toBe('ltr')
  }
  await rtl.context().close()
})

describe('a refusal', () => {
  test('is shown beside its field, and the typed values stay', async () => {
    await page.goto(`${server.url}/account/sign-up`)
    await fill(page, { 'Email address': 'ada', Password: '1234', 'Password again': '4321' })
    await press(page, 'Create account')
    expect(await page.locator('#first_name-error').textContent()).toBe('Enter your first name.')
    await page.waitForFunction(() => document.activeElement?.id === 'first_name')
    await fill(page, { 'First name': 'Ada', 'Last name': 'Lovelace' })
    await press(page, 'Create account')
    expect(await page.locator('#email-error').textContent()).toBe('Enter a valid email address.')
    await fill(page, { 'Email address': newPerson().email })
    await press(page, 'Create account')
    expect(await page.locator('#password2-error').textContent()).toContain('not the same')
    await fill(page, { 'Password again': '1234' })
    await press(page, 'Create account')
    await page.locator('#password1-error').waitFor()
    expect(await page.locator('#password1-error').textContent()).toMatch(
      /^This password is too short\.[^.]*\.$/,
    )
    expect(await page.locator('#password1').inputValue()).toBe('1234')
    expect(await page.locator('#password2').getAttribute('aria-invalid')).toBe(null)
  })

  test('of a sign-in does not tell whether the address or the password was wrong, and takes the focus', async () => {
    await page.goto(`${server.url}/account/sign-in`)
    await fill(page, { 'Email address': person.email, Password: 'not this one' })
    await press(page, 'Sign in')
    await page.getByRole('alert').waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert')
    expect(await focused()).toBe('The email address or the password is not right.')
    expect(await page.locator('#email').inputValue()).toBe(person.email)
  })

  test('of an unverified address offers to mail the link again', async () => {
    const other = newPerson()
    await page.goto(`${server.url}/account/sign-up`)
    await fill(page, { 'First name': 'A', 'Last name': 'B', 'Email address': other.email })
    await fill(page, { Password: other.password, 'Password again': other.password })
    await press(page, 'Create account')
    await page.getByRole('link', { name: 'Back to sign in' }).click()
    await fill(page, { 'Email address': other.email, Password: other.password })
    await press(page, 'Sign in')
    await page.getByRole('link', { name: 'Have the email sent again' }).click()
    await waitForScreen(page, 'Check your email')
    await press(page, 'Send again')
    await waitForSentence(page, `If ${other.email} is waiting for confirmation, another email is on its way.`)
  })
})

describe('with the keyboard alone', () => {
  test('a user signs in, opens pages with the focus at the heading, and signs out', async () => {
    await page.goto(`${server.url}/account/sign-in`)
    await waitForScreen(page, 'Sign in')
    const { keyboard } = page
    await keyboard.press('Tab')
    expect(await focused()).toBe('language-menu')
    await keyboard.press('Tab')
    expect(await focused()).toBe('email')
    await keyboard.type(person.email)
    await keyboard.press('Tab')
    await keyboard.type(PASSWORD)
    await keyboard.press('Enter')
    await waitForScreen(page, 'Profile')
    await page.waitForFunction(() => document.activeElement?.textContent === 'Profile')
    await page.locator('.skip').focus()
    for (const expected of ['Latchkey', 'language-menu', 'Sign out', 'Profile', 'Email', 'Password']) {
      await keyboard.press('Tab')
      expect(await focused()).toBe(expected)
    }
    await keyboard.press('Enter')
    await waitForScreen(page, 'Change your password')
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    expect(await page.title()).toBe('Change your password · Latchkey')
    await page.getByRole('button', { name: 'Sign out' }).focus()
    await keyboard.press('Enter')
    await waitForSentence(page, 'You are signed out.')
  })
})

describe('a page', () => {
  test('that needs a session leads to the sign-in, and the sign-in leads back', async () => {
    await page.goto(`${server.url}/account/sessions`)
    await waitForScreen(page, 'Sign in')
    await fill(page, { 'Email address': person.email, Password: PASSWORD })
    await press(page, 'Sign in')
    await waitForScreen(page, 'Your devices')
    await page.goBack()
    await page.goForward()
    await waitForScreen(page, 'Your devices')
  })

  test('leads to the sign-in when the session has ended, also from the form that deletes the user', async () => {
    const body = JSON.stringify({ detail: 'Your session has ended.', code: 'token_not_valid' })
    const refuse = (route: Route) =>
      route.request().method() === 'GET'
        ? route.continue()
        : route.fulfill({ status: 401, contentType: 'application/json', body })
    await page.goto(`${server.url}/account/delete`)
    await fill(page, { 'Current password': PASSWORD })
    await page.route(/\/(?:user\/delete|refresh)\/$/, refuse)
    await press(page, 'Delete my account')
    await waitForScreen(page, 'Sign in')
    await waitForSentence(page, 'Your session has ended. Sign in to continue.')
    await page.unroute(/\/(?:user\/delete|refresh)\/$/)
    await fill(page, { 'Email address': person.email, Password: PASSWORD })
    await press(page, 'Sign in')
    await waitForScreen(page, 'Delete your account')
  })

  test('says in every tab why the user is signed out', async () => {
    const context = await browser.newContext()
    const [own, other] = [await context.newPage(), await context.newPage()]
    const somebody = newPerson()
    await signUp(own, server, somebody)
    await signIn(own, server, somebody)
    await other.goto(`${server.url}/account/`)
    await waitForScreen(other, 'Profile')
    await press(own, 'Sign out')
    await waitForSentence(own, 'You are signed out.')
    await waitForScreen(other, 'Sign in')
    await waitForSentence(other, 'You are signed out.')
    await signIn(own, server, somebody)
    await waitForScreen(other, 'Profile')
    // A call of a screen that still loads would find the deactivation before the link is pressed.
    for (const tab of [own, other]) {
      await tab.getByLabel('First name').waitFor()
      await tab.getByText('Signed in', { exact: true }).first().waitFor()
    }
    await database.sql`update users set is_active = false where email = ${somebody.email}`
    await openPage(own, 'Devices', 'Sign in')
    for (const tab of [own, other]) await waitForSentence(tab, /deleted or deactivated/)
    await context.close()
  })

  test('that does not exist says so', async () => {
    await page.goto(`${server.url}/account/nowhere/`)
    await waitForScreen(page, 'Page not found')
  })

  test('at the root of the server leads a browser to the portal', async () => {
    await page.goto(server.url)
    await waitForScreen(page, 'Profile')
    expect(page.url()).toBe(`${server.url}/account/`)
  })
})

describe('while the server cannot be reached', () => {
  test('an offline browser shows a banner, and a form keeps the typed values and can be sent later', async () => {
    await signIn(await another(), server, person)
    await openPage(page, 'Profile', 'Profile')
    await fill(page, { 'First name': 'Grace' })
    await page.context().setOffline(true)
    await waitForSentence(page, 'You are offline.')
    await press(page, 'Save')
    await waitForSentence(page, 'You are offline. Nothing is lost: try again when you are back online.')
    expect(await page.locator('#first_name').inputValue()).toBe('Grace')
    await page.context().setOffline(false)
    await page.waitForFunction(() => document.querySelector('.banner')?.textContent === '')
    await press(page, 'Save')
    await waitForSentence(page, 'Your profile is saved.')
  })

  test('a stopped server is noticed, and its return is noticed without a reload', async () => {
    await fill(page, { 'Last name': 'Hopper' })
    await server.stop()
    await press(page, 'Save')
    await waitForSentence(page, 'The server cannot be reached right now.')
    await openPage(page, 'Devices', 'Your devices')
    expect(await page.locator('.sessions li').count()).toBe(0)
    await server.start()
    await page.locator('.sessions li').first().waitFor()
    expect(await page.locator('.banner').textContent()).toBe('')
  })
})

test('no control moved during these tests', () => {
  expect(unsteady).toEqual([])
})

/** Opens a page on another device, without the session of the first page. */
async function another(): Promise<Page> {
  const context = await browser.newContext()
  return context.newPage()
}
