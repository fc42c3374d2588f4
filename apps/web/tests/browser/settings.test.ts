import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fill, newPerson, openPage, press, waitForScreen, waitForSentence } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

const LENIENT = {
  EMAIL_VERIFICATION: 'optional',
  REGISTRATION_NAMES_REQUIRED: 'false',
  OLD_PASSWORD_FIELD_ENABLED: 'false',
  LOGOUT_ON_PASSWORD_CHANGE: 'false',
  REST_PREFIX: '/jwt-allauth',
  REFRESH_TOKEN_AS_COOKIE: 'true',
  REFRESH_TOKEN_COOKIE_PATH: '/jwt-allauth',
}
const NOT_CONFIRMED = 'Your email address is not confirmed yet'

let database: TestDatabase
let server: PortalServer
let browser: Browser
let page: Page
let unsteady: readonly string[]
const person = newPerson()

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, LENIENT)
  browser = await launchBrowser()
  page = await browser.newPage()
  unsteady = await watchControls(page.context())
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

test('without required names, an address and a password are enough to sign up and be signed in', async () => {
  await page.goto(`${server.url}/account/sign-up`)
  await fill(page, { 'Email address': person.email, Password: person.password })
  await fill(page, { 'Password again': person.password })
  await press(page, 'Create account')
  await waitForScreen(page, 'Profile')
  await waitForSentence(page, 'Welcome! Your account is ready.')
})

test('an unverified address is asked for until it is confirmed', async () => {
  await waitForSentence(page, NOT_CONFIRMED)
  await press(page, 'Send the email again')
  await waitForSentence(page, `An email to ${person.email} is on its way.`)
  await page.goto(await server.waitForLink(person.email, /http:\S+\/registration\/verification\/\S+/))
  await waitForScreen(page, 'Your email address is confirmed')
  await page.getByRole('link', { name: 'Go to your account' }).click()
  await page.locator('#first_name').waitFor()
  await page.getByText(NOT_CONFIRMED).waitFor({ state: 'detached' })
})

test('a refresh cookie bound to the prefix keeps the session over a reload', async () => {
  await page.reload()
  await waitForScreen(page, 'Profile')
  await page.locator('#first_name').waitFor()
})

test('the password changes without the old one, and the answer does not mention other devices', async () => {
  await openPage(page, 'Password', 'Change your password')
  expect(await page.locator('#old_password').count()).toBe(0)
  await fill(page, {
    'New password': 'purple stapler meadow',
    'New password again': 'purple stapler meadow',
  })
  await press(page, 'Change password')
  await waitForSentence(page, /^Your new password is set\.$/)
})

test('without a provider no page speaks of one', async () => {
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Connections' }).count()).toBe(0)
  await page.goto(`${server.url}/account/connections`)
  await waitForScreen(page, 'Page not found')
  await page.goto(`${server.url}/account/`)
  await page.locator('#first_name').waitFor()
  expect(await page.getByRole('heading', { name: 'Connections' }).count()).toBe(0)
  const visitor = await browser.newPage()
  for (const [path, heading] of [
    ['/sign-in', 'Sign in'],
    ['/sign-up', 'Create your account'],
  ] as const) {
    await visitor.goto(`${server.url}/account${path}`)
    await waitForScreen(visitor, heading)
    expect(await visitor.locator('.or, .providers').count()).toBe(0)
  }
  await visitor.close()
})

test('in cookie mode a sign-out without the server says what is left, and holds after a reload', async () => {
  await page.context().setOffline(true)
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click()
  await waitForSentence(page, /^You are signed out in this browser, but the server could not be told\./)
  await page.context().setOffline(false)
  await page.reload()
  await waitForScreen(page, 'Sign in')
  await page.goto(`${server.url}/account/`)
  await waitForScreen(page, 'Sign in')
})

test.each([
  ['cookie mode', LENIENT],
  ['token mode', { EMAIL_VERIFICATION: 'optional', REGISTRATION_NAMES_REQUIRED: 'false' }],
])('where the server demands a proof, the portal binds its sessions in %s', async (_mode, settings) => {
  const demanding = await startPortalServer(database.url, { ...settings, DPOP: 'required' })
  const context = await browser.newContext()
  const other = await context.newPage()
  const somebody = newPerson()
  try {
    await other.goto(`${demanding.url}/account/sign-up`)
    await fill(other, { 'Email address': somebody.email, Password: somebody.password })
    await fill(other, { 'Password again': somebody.password })
    await press(other, 'Create account')
    await waitForScreen(other, 'Profile')
    await other.reload()
    await waitForScreen(other, 'Profile')
    const rows = await database.sql`select jkt, generation from sessions
      join users on users.id = sessions.user_id where email = ${somebody.email.toLowerCase()}`
    expect(rows).toEqual([{ jkt: expect.stringMatching(/^[\w-]{43}$/), generation: expect.any(Number) }])
  } finally {
    await context.close()
    await demanding.close()
  }
})

test('a followed link updates the tokens in the storage: the address is confirmed', async () => {
  const bearer = await startPortalServer(database.url, { EMAIL_VERIFICATION: 'optional' })
  const context = await browser.newContext()
  const other = await context.newPage()
  const grace = newPerson()
  try {
    await other.goto(`${bearer.url}/account/sign-up`)
    await fill(other, { 'First name': 'Grace', 'Last name': 'Hopper', 'Email address': grace.email })
    await fill(other, { Password: grace.password, 'Password again': grace.password })
    await press(other, 'Create account')
    await waitForSentence(other, NOT_CONFIRMED)
    await other.goto(await bearer.waitForLink(grace.email, /http:\S+\/registration\/verification\/\S+/))
    await waitForScreen(other, 'Your email address is confirmed')
    await other.getByRole('link', { name: 'Go to your account' }).click()
    await other.locator('#first_name').waitFor()
    await other.getByText(NOT_CONFIRMED).waitFor({ state: 'detached' })
  } finally {
    await context.close()
    await bearer.close()
  }
})

describe('a user of the time before mandatory verification', () => {
  let strict: PortalServer
  beforeAll(async () => {
    strict = await startPortalServer(database.url)
  })
  afterAll(() => strict?.close())

  async function restart(settings: Record<string, string>): Promise<void> {
    await strict.stop()
    await strict.start(settings)
  }

  async function signUpIn(context: BrowserContext, email: string): Promise<Page> {
    const own = await context.newPage()
    await own.goto(`${strict.url}/account/sign-up`)
    await fill(own, { 'First name': 'Grace', 'Last name': 'Hopper', 'Email address': email })
    await fill(own, { Password: person.password, 'Password again': person.password })
    await press(own, 'Create account')
    await waitForScreen(own, 'Profile')
    return own
  }

  test.each<[string, Record<string, string>]>([
    ['in the storage', {}],
    ['in a cookie', { REFRESH_TOKEN_AS_COOKIE: 'true' }],
  ])('confirms the address and goes on, or signs out: the session is %s', async (_, settings) => {
    await restart({ ...settings, EMAIL_VERIFICATION: 'optional' })
    const contexts = [await browser.newContext(), await browser.newContext()] as const
    const { email } = newPerson()
    const confirming = await signUpIn(contexts[0], email)
    const leaving = await signUpIn(contexts[1], newPerson().email)
    await restart(settings)
    for (const own of [confirming, leaving]) {
      await own.goto(`${strict.url}/account/sessions`)
      await waitForScreen(own, 'Confirm your email address')
    }
    await fill(confirming, { 'Email address': email })
    await press(confirming, 'Send the email')
    await waitForSentence(confirming, `If ${email} is waiting for confirmation, another email is on its way.`)
    await confirming.goto(await strict.waitForLink(email, /http:\S+\/registration\/verification\/\S+/))
    await confirming.goto(`${strict.url}/account/sessions`)
    await waitForScreen(confirming, 'Your devices')
    await press(leaving, 'Sign out')
    await waitForScreen(leaving, 'Sign in')
    await waitForSentence(leaving, 'You are signed out.')
    for (const context of contexts) await context.close()
  })
})

test('no control moved during these tests', () => {
  expect(unsteady).toEqual([])
})
