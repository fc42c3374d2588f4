import { createTestDatabase, type TestDatabase, totpCodeAt } from '@latchkey/testkit'
import { type Authenticator, addAuthenticator, launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import {
  fill,
  listenForErrors,
  newPerson,
  openPage,
  PASSWORD,
  press,
  sendSignUp,
  signIn,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'

const SETTINGS = {
  EMAIL_VERIFICATION: 'optional',
  EMAIL_VERIFIED_REDIRECT: '',
  THROTTLE_LOGIN: 'off',
  THROTTLE_ANON: 'off',
}
const PERIOD_SECONDS = 30

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

/** Reads the secret that the page shows. */
async function readSecret(page: Page): Promise<string> {
  return ((await page.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
}

/** Types a code. The form is sent by itself. Each code is that of a later step, because no step works twice. */
async function typeCode(page: Page, secret: string, steps = 0): Promise<void> {
  const field = page.locator('input[autocomplete=one-time-code]:visible').last()
  await field.fill(totpCodeAt(secret, Date.now() / 1000 + steps * PERIOD_SECONDS))
}

/** Forgets which steps were used, so that a test needs not wait for the next one. */
async function forgetSteps(): Promise<void> {
  await database.sql`update totp_factors set last_step = 0`
}

/** Makes every session one that has proven nothing for an hour. It began when it did: its tokens say so. */
async function makeOld(): Promise<void> {
  await database.sql`update sessions set auth_time = now() - interval '1 hour'`
}

/** Reads the codes that the page shows, and goes on. */
async function saveCodes(page: Page): Promise<string[]> {
  await waitForScreen(page, 'Save your recovery codes')
  const codes = await page.locator('.codes code').allTextContents()
  await press(page, 'Continue')
  await waitForSentence(page, 'Save the codes first, and then tick the box.')
  await page.getByLabel('I have saved them').check()
  await press(page, 'Continue')
  return codes
}

async function enterPassword(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto(`${server.url}/account/sign-in`)
  await fill(page, { 'Email address': person.email, Password: person.password })
  await press(page, 'Sign in')
}

describe('an authenticator app', () => {
  const person = newPerson()
  let context: BrowserContext
  let page: Page
  let errors: string[]
  let unsteady: readonly string[]
  let secret = ''
  let codes: string[] = []
  beforeAll(async () => {
    context = await browser.newContext()
    errors = listenForErrors(context)
    unsteady = await watchControls(context)
    page = await context.newPage()
  })
  afterAll(() => context?.close())

  test('is set up by its first code, and the recovery codes are shown once', async () => {
    await sendSignUp(page, server, person)
    await waitForScreen(page, 'Profile')
    await openPage(page, 'Security', 'Sign-in security')
    await expectAccessible(page)
    await press(page, 'Set up an app')
    await waitForScreen(page, 'Set up your authenticator app')
    const readWidth = () => page.locator('.qr').evaluate((image: HTMLImageElement) => image.naturalWidth)
    await expect.poll(readWidth).toBeGreaterThan(0)
    await expectAccessible(page)
    secret = await readSecret(page)
    await page.locator('#code').fill('000000')
    await page.locator('#code-error').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('code')
    await typeCode(page, secret)
    codes = await saveCodes(page)
    expect(codes).toHaveLength(10)
    await waitForScreen(page, 'Sign-in security')
    await waitForSentence(page, '10 recovery codes are left.')
    await expectAccessible(page)
  })

  test('is asked for at the sign-in, and the form is sent at the sixth digit', async () => {
    await press(page, 'Sign out')
    await enterPassword(page, person)
    await waitForScreen(page, 'One more step')
    await expectAccessible(page)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...history.state }))).not.toMatch(
      /challenge/,
    )
    await forgetSteps()
    await typeCode(page, secret)
    await waitForScreen(page, 'Profile')
    await waitForSentence(page, 'Signed in with a code as the second step')
  })

  test('a challenge that a reload forgot leads back to the sign-in, with a sentence', async () => {
    await press(page, 'Sign out')
    await enterPassword(page, person)
    await waitForScreen(page, 'One more step')
    await page.reload()
    await waitForScreen(page, 'Sign in')
    await waitForSentence(page, 'Please sign in again to continue.')
  })

  test('a recovery code signs in once, and the screen offers new ones when few are left', async () => {
    await enterPassword(page, person)
    await waitForScreen(page, 'One more step')
    await press(page, 'Use a recovery code')
    await fill(page, { 'Recovery code': codes[0]?.toUpperCase() ?? '' })
    await press(page, 'Continue')
    await waitForScreen(page, 'Profile')
    await database.sql`update recovery_codes set used_at = now() where ctid in
      (select ctid from recovery_codes where used_at is null limit 6)`
    await openPage(page, 'Security', 'Sign-in security')
    await waitForSentence(page, /3 recovery codes are left\..*Make new ones/)
    await press(page, 'Make new codes')
    expect(await saveCodes(page)).not.toContain(codes[1])
    await waitForSentence(page, '10 recovery codes are left.')
  })

  test('the dialog that confirms the user keeps what was filled in', async () => {
    await openPage(page, 'Email', 'Change your email address')
    const { email } = newPerson()
    await fill(page, { 'New email address': email, 'Current password': PASSWORD })
    await makeOld()
    await press(page, 'Send the link')
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    await dialog.waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await waitForSentence(page, 'Confirm that it is you, and try again.')
    expect(await page.locator('#new_email').inputValue()).toBe(email)
    await press(page, 'Send the link')
    await dialog.waitFor()
    await forgetSteps()
    await typeCode(page, secret)
    await waitForSentence(page, /Your address changes when you open the link/)
    await dialog.waitFor({ state: 'detached' })
  })

  test('is asked for after a reset of the password, which is said to be done', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    // The first link that proves an address would remove the factors.
    await database.sql`update users set email_verified = true where email = ${person.email}`
    await press(page, 'Sign out')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await fill(page, { 'Email address': person.email })
    await press(page, 'Send the link')
    await page.goto(await server.waitForLink(person.email, /http:\S+\/password\/reset\/confirm\/\S+/))
    await fill(page, { 'New password': PASSWORD, 'New password again': PASSWORD })
    await press(page, 'Set new password')
    await waitForScreen(page, 'One more step')
    await waitForSentence(page, /^Your new password is set\./)
    await forgetSteps()
    await typeCode(page, secret)
    await waitForScreen(page, 'Profile')
  })

  test('is turned off with the password', async () => {
    await openPage(page, 'Security', 'Sign-in security')
    await press(page, 'Turn off…')
    await page.locator('#turn-off-password').fill(PASSWORD)
    await press(page, 'Turn off')
    await waitForSentence(page, 'Two-step sign-in is off.')
    await page.getByRole('button', { name: 'Set up an app' }).waitFor()
  })

  test('no error and no violation of the Content-Security-Policy occurred, and no control moved', () => {
    expect(errors).toEqual([])
    expect(unsteady).toEqual([])
  })
})

describe('a passkey', () => {
  const person = newPerson()
  let context: BrowserContext
  let page: Page
  let device: Authenticator
  let errors: string[]
  beforeAll(async () => {
    context = await browser.newContext()
    errors = listenForErrors(context)
    page = await context.newPage()
    device = await addAuthenticator(page)
  })
  afterAll(() => context?.close())

  test('is added, and renamed', async () => {
    await sendSignUp(page, server, person)
    await waitForScreen(page, 'Profile')
    await openPage(page, 'Security', 'Sign-in security')
    await press(page, 'Add a passkey')
    await waitForSentence(page, 'The passkey has been added.')
    expect(await device.list()).toHaveLength(1)
    await page.getByRole('button', { name: /^Rename:/ }).click()
    await page.getByLabel('Name of the passkey').fill('My key')
    await press(page, 'Save')
    await waitForSentence(page, 'The passkey has been renamed.')
    await page.getByRole('heading', { name: /^My key/ }).waitFor()
    await expectAccessible(page)
  })

  test('signs in without a name: by the button', async () => {
    await device.setPresent(false)
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await expectAccessible(page)
    await device.setPresent(true)
    await press(page, 'Sign in with a passkey')
    await waitForScreen(page, 'Profile')
    await waitForSentence(page, 'Signed in with a passkey')
  })

  test('signs in without a name: from the suggestions of the field', async () => {
    // Chromium’s authenticator chooses from the suggestions by itself. The page before has the same heading.
    const isGiven = page.waitForResponse('**/passkeys/sign-in/')
    await press(page, 'Sign out')
    await isGiven
    await waitForScreen(page, 'Profile')
  })

  test('is the second step after the password', async () => {
    await openPage(page, 'Security', 'Sign-in security')
    await press(page, 'Turn on')
    await waitForScreen(page, 'Save your recovery codes')
    // A page without https has no clipboard.
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await press(page, 'Copy')
    await page.locator('.not-copied', { hasText: 'Copying did not work' }).waitFor()
    await saveCodes(page)
    await waitForSentence(page, 'Two-step sign-in is on.')
    await device.setPresent(false)
    await press(page, 'Sign out')
    await enterPassword(page, person)
    await waitForScreen(page, 'One more step')
    await expectAccessible(page)
    await device.setPresent(true)
    await press(page, 'Use my passkey')
    await waitForScreen(page, 'Profile')
    await waitForSentence(page, 'Signed in with a passkey as the second step')
  })

  test('confirms the user, and is removed; the last one turns two-step sign-in off', async () => {
    await openPage(page, 'Security', 'Sign-in security')
    await makeOld()
    await press(page, 'Remove: My key')
    await waitForSentence(page, /is your last second factor/)
    await press(page, 'Remove the passkey')
    await press(page, 'Use my passkey')
    await waitForSentence(page, /My key has been removed/)
    await waitForSentence(page, 'Your password alone opens your account.')
  })

  test('that the server no longer knows is refused with a sentence', async () => {
    await device.setPresent(false)
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await device.setPresent(true)
    await press(page, 'Sign in with a passkey')
    await page.getByRole('alert').waitFor()
    expect(errors).toEqual([])
  })
})

describe('where everybody must have a second factor', () => {
  let page: Page
  beforeAll(async () => {
    await server.stop()
    await server.start({ MFA_MODE: 'required' })
    page = await (await browser.newContext()).newPage()
  })
  afterAll(() => page?.context().close())

  test('a sign-up sets one up first, and cannot turn it off', async () => {
    await sendSignUp(page, server, newPerson())
    await waitForScreen(page, 'Set up a second step')
    await expectAccessible(page)
    await press(page, 'Set up an app')
    await waitForScreen(page, 'Set up your authenticator app')
    await typeCode(page, await readSecret(page))
    await saveCodes(page)
    await waitForScreen(page, 'Profile')
    await waitForSentence(page, 'Welcome! Your account is ready.')
    await openPage(page, 'Security', 'Sign-in security')
    await waitForSentence(page, 'Your account must have a second step.')
    expect(await page.getByRole('button', { name: 'Turn off…' }).count()).toBe(0)
  })

  test('a sign-in sets one up by a passkey', async () => {
    const person = newPerson()
    await server.stop()
    await server.start({ MFA_MODE: 'optional' })
    const context = await browser.newContext()
    const other = await context.newPage()
    await sendSignUp(other, server, person)
    await waitForScreen(other, 'Profile')
    await press(other, 'Sign out')
    await server.stop()
    await server.start({ MFA_MODE: 'required' })
    const device = await addAuthenticator(other)
    await device.setPresent(false)
    await enterPassword(other, person)
    await waitForScreen(other, 'Set up a second step')
    await device.setPresent(true)
    await press(other, 'Add a passkey')
    expect(await saveCodes(other)).toHaveLength(10)
    await waitForScreen(other, 'Profile')
    await context.close()
  })
})

describe('a second step that cannot be answered', () => {
  const CHALLENGE = { mfa_required: true, challenge_id: 'x'.repeat(43) }

  /** Opens the second step that the server asks for with these fields. */
  async function openStep(fields: { methods: string[]; expires_in: number }): Promise<Page> {
    const page = await (await browser.newContext()).newPage()
    await page.clock.install()
    await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
    await page.route('**/login/', (route) => route.fulfill({ json: { ...CHALLENGE, ...fields } }))
    await enterPassword(page, newPerson())
    return page
  }

  test('leads back to the sign-in when it expires, with a sentence', async () => {
    const page = await openStep({ methods: ['totp'], expires_in: 300 })
    await waitForScreen(page, 'One more step')
    await page.clock.fastForward(300_000)
    await waitForSentence(page, 'That took too long. Sign in again.')
    await waitForScreen(page, 'Sign in')
    await page.context().close()
  })

  test('says so in a browser without passkeys, and has a way back', async () => {
    const page = await openStep({ methods: ['passkey'], expires_in: 300 })
    await waitForSentence(page, 'This browser cannot use passkeys.')
    await page.getByRole('link', { name: 'Back to sign in' }).click()
    await waitForScreen(page, 'Sign in')
    await page.goBack()
    await waitForScreen(page, 'One more step')
    await page.context().close()
  })
})

test('in cookie mode, what is typed in a tab stays while another tab confirms the user', async () => {
  await server.stop()
  await server.start({ REFRESH_TOKEN_AS_COOKIE: 'true' })
  const person = newPerson()
  const context = await browser.newContext()
  const page = await context.newPage()
  await sendSignUp(page, server, person)
  await waitForScreen(page, 'Profile')
  await openPage(page, 'Email', 'Change your email address')
  await fill(page, { 'New email address': 'next@example.com' })
  const other = await context.newPage()
  await other.goto(`${server.url}/account/security`)
  await waitForScreen(other, 'Sign-in security')
  await makeOld()
  await press(other, 'Set up an app')
  await other.locator('#confirm-password').fill(PASSWORD)
  const isRenewed = page.waitForResponse('**/refresh/')
  await press(other, 'Continue')
  await waitForScreen(other, 'Set up your authenticator app')
  await isRenewed
  expect(await page.locator('#new_email').inputValue()).toBe('next@example.com')
  await context.close()
})

test('staff who must have a second step from now on are led to where it is set up', async () => {
  await server.stop()
  await server.start()
  const person = newPerson()
  const page = await (await browser.newContext()).newPage()
  await sendSignUp(page, server, person)
  await waitForScreen(page, 'Profile')
  await press(page, 'Sign out')
  await database.sql`update users set role = 900 where email = ${person.email}`
  await signIn(page, server, person)
  await server.stop()
  await server.start({ MFA_REQUIRED_ROLES: '900' })
  await page.goto(`${server.url}/account/staff`)
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByText('Your account must have a second step.').waitFor()
  await dialog.getByRole('button', { name: 'Sign-in security' }).click()
  await waitForScreen(page, 'Sign-in security')
  await page.getByRole('button', { name: 'Set up an app' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.context().close()
})

test('a server without second factors and passkeys shows none of them', async () => {
  await server.stop()
  await server.start({ MFA_MODE: 'disabled', PASSKEYS: 'false' })
  const page = await (await browser.newContext()).newPage()
  const person = newPerson()
  await sendSignUp(page, server, person)
  await waitForScreen(page, 'Profile')
  expect(await page.getByRole('link', { name: 'Security' }).count()).toBe(0)
  await page.goto(`${server.url}/account/security`)
  await waitForScreen(page, 'Page not found')
  await press(page, 'Sign out')
  await waitForScreen(page, 'Sign in')
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0)
  await signIn(page, server, person)
  await page.context().close()
})
