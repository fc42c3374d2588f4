import { createTestDatabase, type TestDatabase, totpCodeAt } from '@latchkey/testkit'
import { launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, expectAccessibleNow } from '../support/accessible.ts'
import {
  fill,
  listenForErrors,
  newPerson,
  openPage,
  type Person,
  press,
  sendSignUp,
  waitForScreen,
  waitForSentence,
} from '../support/portal.ts'
import type { PortalServer } from '../support/portal-server.ts'
import {
  chooseAccount,
  leadBackWith,
  type ProviderPortal,
  startProviderPortal,
} from '../support/providers.ts'

const CONTINUE = 'Continue with Acme'
const VIEWPORT = { width: 1280, height: 800 }
const NEW = 'another horse, another battery'
const ONLY_WAY = /^This is your only way to sign in\./

/** Makes up somebody at the provider: a name of the account, and the address. */
function newAccount() {
  const hint = `p${crypto.randomUUID().slice(0, 8)}`
  return { hint, email: `${hint}@acme.example` }
}
type Account = ReturnType<typeof newAccount>

/** Everybody of these tests, because the provider knows its people from the start. */
const accounts = Array.from({ length: 30 }, newAccount)
const people = Object.fromEntries(
  accounts.map(({ hint, email }) => [
    hint,
    { email, email_verified: true, given_name: 'Ada', family_name: 'Lovelace' },
  ]),
)

let database: TestDatabase
let browser: Browser
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await database?.drop()
})

/** Looks at a page at every width in both themes, and goes on at those of before. */
async function look(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  await page.setViewportSize(VIEWPORT)
}

/** Makes every session one that has proven nothing for an hour. */
async function makeOld(): Promise<void> {
  await database.sql`update sessions set auth_time = now() - interval '1 hour'`
}

describe.each([
  ['in cookie mode', { REFRESH_TOKEN_AS_COOKIE: 'true' }],
  ['with tokens in the storage', {}],
])('%s', (_mode, mode) => {
  let portal: ProviderPortal
  let server: PortalServer
  let contexts: BrowserContext[] = []
  let errors: string[]
  let unsteady: readonly string[]

  beforeAll(async () => {
    portal = await startProviderPortal(database.url, people, {
      EMAIL_VERIFICATION: 'optional',
      EMAIL_VERIFIED_REDIRECT: '',
      THROTTLE_LOGIN: 'off',
      THROTTLE_ANON: 'off',
      ...mode,
    })
    server = portal.server
  })
  afterAll(() => portal?.close())

  function takeAccount(): Account {
    const account = accounts.pop()
    if (!account) throw new Error('The provider has too few people.')
    return account
  }

  /** Opens a browser of its own, in which the provider knows one person. */
  async function openBrowser(account: Account): Promise<Page> {
    const context = await browser.newContext({ viewport: VIEWPORT })
    contexts.push(context)
    errors = listenForErrors(context)
    unsteady = await watchControls(context)
    const page = await context.newPage()
    await chooseAccount(page, account.hint)
    return page
  }

  async function expectQuiet(): Promise<void> {
    expect({ errors, unsteady }).toEqual({ errors: [], unsteady: [] })
    for (const context of contexts) await context.close()
    contexts = []
  }

  async function signInByProvider(page: Page, path = '/sign-in'): Promise<void> {
    await page.goto(`${server.url}/account${path}`)
    await press(page, CONTINUE)
  }

  /** Signs somebody up who has no password. */
  async function signUpByProvider(account: Account): Promise<Page> {
    const page = await openBrowser(account)
    await signInByProvider(page, '/sign-up')
    await waitForScreen(page, 'Profile')
    return page
  }

  async function signUpByPassword(account: Account): Promise<{ page: Page; person: Person }> {
    const page = await openBrowser(account)
    const person = newPerson()
    await sendSignUp(page, server, person)
    await waitForScreen(page, 'Profile')
    return { page, person }
  }

  test('a person signs up and signs in, and nothing of it stays in the address or the history', async () => {
    const account = takeAccount()
    const page = await openBrowser(account)
    await page.goto(`${server.url}/account/sign-up`)
    await look(page)
    await press(page, CONTINUE)
    await waitForScreen(page, 'Profile')
    expect(page.url()).toBe(`${server.url}/account/`)
    await page.locator('main').getByText(account.email).waitFor()
    expect(await page.locator('#first_name').inputValue()).toBe('Ada')
    expect(await page.evaluate(() => JSON.stringify([history.state, { ...sessionStorage }]))).not.toMatch(
      /code|verifier/,
    )
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await look(page)
    await press(page, CONTINUE)
    await waitForScreen(page, 'Profile')
    await page.getByText('Signed in with another provider').nth(1).waitFor()
    const users = await database.sql`select password_hash from users where email = ${account.email}`
    expect(users).toEqual([{ password_hash: '!' }])
    await expectQuiet()
  })

  test('the page that was wanted follows, and a reload and the back button do no harm', async () => {
    const page = await signUpByProvider(takeAccount())
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await page.goto(`${server.url}/account/sessions`)
    await waitForScreen(page, 'Sign in')
    await press(page, CONTINUE)
    await waitForScreen(page, 'Your devices')
    await page.reload()
    await waitForScreen(page, 'Your devices')
    const addresses: string[] = []
    page.on('framenavigated', (frame) => void addresses.push(frame.url()))
    await page.goBack()
    await page.waitForLoadState()
    await page.goto(`${server.url}/account/`)
    await waitForScreen(page, 'Profile')
    expect(addresses.filter((address) => address.includes('code='))).toEqual([])
    await expectQuiet()
  })

  test('an address with the code of somebody else signs nobody in, and loses the code', async () => {
    const thief = await openBrowser(takeAccount())
    let stolen = ''
    // The code is never redeemed by the one whom it was made for.
    await thief.route('**/social/session/', (route) => route.abort())
    thief.on('request', (request) => {
      if (/\/account\/return\?.*code=/.test(request.url())) stolen = request.url()
    })
    await signInByProvider(thief)
    await expect.poll(() => stolen).toContain('code=')
    const victim = await openBrowser(takeAccount())
    await victim.goto(stolen)
    await waitForScreen(victim, 'Sign in')
    expect(victim.url()).toBe(`${server.url}/account/sign-in`)
    await victim.goto(`${server.url}/account/`)
    await waitForScreen(victim, 'Sign in')
    for (const context of contexts) await context.close()
    contexts = []
  })

  test('a second step is asked for where there is one, and Back leads to the sign-in', async () => {
    const account = takeAccount()
    const page = await signUpByProvider(account)
    await openPage(page, 'Security', 'Sign-in security')
    await press(page, 'Set up an app')
    await page.locator('.qr').waitFor()
    const secret = ((await page.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
    await page.locator('#code').fill(totpCodeAt(secret, Date.now() / 1000))
    await waitForScreen(page, 'Save your recovery codes')
    await page.getByLabel('I have saved them').check()
    await press(page, 'Continue')
    await waitForScreen(page, 'Sign-in security')
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await press(page, CONTINUE)
    await waitForScreen(page, 'One more step')
    await look(page)
    expect(page.url()).toBe(`${server.url}/account/sign-in/second-step`)
    await page.reload()
    await waitForSentence(page, 'Please sign in again to continue.')
    await press(page, CONTINUE)
    await waitForScreen(page, 'One more step')
    await database.sql`update totp_factors set last_step = 0`
    await page.locator('#code').fill(totpCodeAt(secret, Date.now() / 1000))
    await waitForScreen(page, 'Profile')
    // The password is no proof of this user, so the second factor alone turns itself off.
    await openPage(page, 'Security', 'Sign-in security')
    await press(page, 'Turn off…')
    const dialog = page.getByRole('dialog')
    expect(await dialog.locator('input').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Turn off', exact: true }).click()
    await waitForSentence(page, 'Two-step sign-in is off.')
    await expectQuiet()
  })

  test('an account is connected, signs in, and is disconnected', async () => {
    const account = takeAccount()
    const { page, person } = await signUpByPassword(account)
    await openPage(page, 'Connections', 'Connections')
    await waitForSentence(page, 'No account is connected yet.')
    await look(page)
    await press(page, CONTINUE)
    await waitForSentence(page, /^Acme is connected\./)
    expect(page.url()).toBe(`${server.url}/account/connections`)
    await waitForSentence(page, account.hint)
    await look(page)
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await press(page, CONTINUE)
    await waitForScreen(page, 'Profile')
    await page.locator('main').getByText(person.email).waitFor()
    await openPage(page, 'Connections', 'Connections')
    await press(page, `Disconnect: Acme (${account.hint})`)
    await page.getByRole('dialog').waitFor()
    await look(page)
    await press(page, 'Keep it')
    await waitForSentence(page, account.hint)
    await press(page, `Disconnect: Acme (${account.hint})`)
    await press(page, 'Disconnect')
    await waitForSentence(page, 'Acme is disconnected.')
    await waitForSentence(page, 'No account is connected yet.')
    await openPage(page, 'Profile', 'Profile')
    await waitForSentence(page, 'An account at another provider was disconnected')
    await expectQuiet()
  })

  test('an account of somebody else is not connected, and the page says why', async () => {
    const account = takeAccount()
    await signUpByProvider(account)
    const { page } = await signUpByPassword(account)
    await openPage(page, 'Connections', 'Connections')
    await press(page, CONTINUE)
    await waitForSentence(page, /is already connected to another account here\.$/)
    await waitForSentence(page, 'No account is connected yet.')
    await expectQuiet()
  })

  test('a connection that has to be confirmed goes on after the password', async () => {
    const { page, person } = await signUpByPassword(takeAccount())
    await openPage(page, 'Connections', 'Connections')
    await makeOld()
    await press(page, CONTINUE)
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    // Below the dialog the page still waits for it.
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessibleNow(page)
    }
    await page.setViewportSize(VIEWPORT)
    await fill(page, { 'Current password': person.password })
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click()
    await waitForSentence(page, /^Acme is connected\./)
    await expectQuiet()
  })

  test('the last way in stays until there is a password, which a mailed link sets', async () => {
    const account = takeAccount()
    const page = await signUpByProvider(account)
    await openPage(page, 'Connections', 'Connections')
    await waitForSentence(page, /^Your account has no password\./)
    await look(page)
    await press(page, `Disconnect: Acme (${account.hint})`)
    await press(page, 'Disconnect')
    await waitForSentence(page, ONLY_WAY)
    await look(page)
    await press(page, 'Keep it')
    await page.getByRole('link', { name: 'Set a password' }).click()
    await waitForScreen(page, 'Set a password')
    expect(await page.locator('main input:visible').count()).toBe(0)
    await look(page)
    await press(page, 'Send the link')
    await waitForSentence(page, `An email to ${account.email} is on its way.`)
    await page.goto(await server.waitForLink(account.email, /http:\S+\/password\/reset\/confirm\/\S+/))
    await fill(page, { 'New password': NEW, 'New password again': NEW })
    await press(page, 'Set new password')
    await waitForScreen(page, 'Profile')
    await openPage(page, 'Password', 'Change your password')
    await openPage(page, 'Connections', 'Connections')
    await press(page, `Disconnect: Acme (${account.hint})`)
    await press(page, 'Disconnect')
    await waitForSentence(page, 'Acme is disconnected.')
    await expectQuiet()
  })

  test('an account without a password is deleted after a confirmation by its provider', async () => {
    const account = takeAccount()
    const page = await signUpByProvider(account)
    await makeOld()
    await page.goto(`${server.url}/account/delete`)
    await page.locator('main button.danger').waitFor()
    expect(await page.locator('main input:visible').count()).toBe(0)
    await press(page, 'Delete my account')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.locator('input').count()).toBe(0)
    await look(page)
    await dialog.getByRole('button', { name: CONTINUE, exact: true }).click()
    await waitForSentence(page, /^Thank you\. You have confirmed that it is you\./)
    expect(page.url()).toBe(`${server.url}/account/delete`)
    await press(page, 'Delete my account')
    await waitForSentence(page, 'Your account has been deleted.')
    expect(await database.sql`select 1 from users where email = ${account.email}`).toEqual([])
    await expectQuiet()
  })

  test('an address that somebody signed up with before, and never confirmed, is not taken over', async () => {
    const account = takeAccount()
    const page = await openBrowser(account)
    await sendSignUp(page, server, { email: account.email, password: NEW })
    await waitForScreen(page, 'Profile')
    await press(page, 'Sign out')
    await waitForScreen(page, 'Sign in')
    await press(page, CONTINUE)
    await waitForSentence(page, /^There is already an account with this email address\./)
    await waitForScreen(page, 'Sign in')
    await look(page)
    await expectQuiet()
  })

  test('who turns back at the provider is told nothing, and any other refusal is told; the form stays', async () => {
    const page = await openBrowser(takeAccount())
    await leadBackWith(page, 'access_denied')
    // The page that the browser leaves has the same heading and address.
    const isBack = page.waitForEvent('framenavigated', (frame) => frame.url().includes('error=access_denied'))
    await signInByProvider(page)
    await isBack
    await page.waitForURL(`${server.url}/account/sign-in`)
    await waitForScreen(page, 'Sign in')
    expect(await page.locator('main [role=status]:not(:empty), main [role=alert]').count()).toBe(0)
    expect(page.url()).toBe(`${server.url}/account/sign-in`)
    await leadBackWith(page, 'login_required')
    await press(page, CONTINUE)
    await waitForSentence(page, 'The provider wants to ask you something first. Try again.')
    await page.unroute('**/start/?**')
    await press(page, 'Continue with Down')
    await waitForSentence(page, /^The provider cannot be reached at the moment\./)
    await look(page)
    const person = newPerson()
    await sendSignUp(page, server, person)
    await waitForScreen(page, 'Profile')
    await expectQuiet()
  })
})

test('staff see the providers of a user', async () => {
  const portal = await startProviderPortal(database.url, people, {
    EMAIL_VERIFICATION: 'none',
    EMAIL_VERIFIED_REDIRECT: '',
  })
  const page = await browser.newPage()
  const person = newPerson()
  await sendSignUp(page, portal.server, person)
  await waitForScreen(page, 'Profile')
  const [other] = await database.sql`
    insert into users (id, email, password_hash, created_at)
    values (gen_random_uuid(), ${newPerson().email}, '!', now()) returning id`
  await database.sql`update users set role = 900 where email = ${person.email}`
  await press(page, 'Sign out')
  await waitForScreen(page, 'Sign in')
  await fill(page, { 'Email address': person.email, Password: person.password })
  await press(page, 'Sign in')
  await waitForScreen(page, 'Profile')
  const fact = page.locator('dt', { hasText: 'Connections' }).locator('+ dd')
  await page.goto(`${portal.server.url}/account/staff/${other?.id}`)
  expect(await fact.textContent()).toBe('None')
  for (const provider of ['acme', 'gone'])
    await database.sql`insert into connections (id, user_id, provider, uid, created_at, last_login)
      values (gen_random_uuid(), ${other?.id}, ${provider}, ${provider}, now(), now())`
  await page.reload()
  await fact.locator('bdi').first().waitFor()
  expect(await fact.locator('bdi').allTextContents()).toEqual(['Acme', 'gone'])
  await look(page)
  await page.close()
  await portal.close()
})
