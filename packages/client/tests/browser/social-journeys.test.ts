import { totpCode } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SignedIn } from '../../src/index.ts'
import { readState, signUp } from './setup.ts'
import { goThrough, type Layout, openApp, type Person, startWithOidc } from './social-setup.ts'

/** Longer than `REFRESH_GRACE`. */
const AFTER_GRACE_SECONDS = 31

const LAYOUTS: [string, Layout][] = [
  ['an app of the same origin, in token mode', { mode: 'token', appHost: null }],
  ['an app of another site, in token mode', { mode: 'token', appHost: 'app.localhost' }],
  ['an app of the same origin, in cookie mode', { mode: 'cookie', appHost: null }],
  ['an app of another origin, in cookie mode', { mode: 'cookie', appHost: 'auth.localhost', bound: true }],
  ['a server below a path', { mode: 'token', appHost: 'app.localhost', basePath: '/auth' }],
]

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.each(LAYOUTS)('%s', (_name, layout) => {
  let setup: Awaited<ReturnType<typeof startWithOidc>>
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    setup = await startWithOidc(layout)
  })
  afterAll(() => setup?.close())
  beforeEach(async () => {
    setup.server.clock.seconds = 0
    context = await browser.newContext()
    page = await openApp(setup, context)
  })
  afterEach(() => context.close())

  const signInAs = ({ sub }: Person, prompt?: string) =>
    goThrough(page, 'signIn', { loginHint: sub, ...(prompt && { prompt }) })
  const readUser = () => page.evaluate(() => tab.client.user.get())
  const readSignedIn = () => page.evaluate(() => tab.client.session.state as SignedIn)
  const logOut = () => page.evaluate(() => tab.client.logout())

  test('a person signs up, signs out and signs in again, and the other tab follows', async () => {
    const other = await openApp(setup, context)
    const person = setup.addPerson()
    const signedUp = await signInAs(person)
    expect(signedUp).toMatchObject({ purpose: 'sign_in', result: { status: 'signed_in', acr: 'aal1' } })
    expect(await readUser()).toMatchObject({ email: person.email, first_name: 'Ada' })
    const { userId, emailVerified } = await readSignedIn()
    expect(emailVerified).toBe(true)
    await expect.poll(() => readState(other)).toBe(await readState(page))
    await logOut()
    await expect.poll(() => readState(other)).toBe('signed_out')
    await signInAs(person)
    expect((await readSignedIn()).userId).toBe(userId)
    const users = await setup.server.database.sql`select 1 from users where email = ${person.email}`
    expect(users).toHaveLength(1)
  })

  test('nothing of it stays in the address, in the tab or in a cookie', async () => {
    await signInAs(setup.addPerson())
    expect(page.url()).toBe(setup.appUrl)
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    const names = (await context.cookies()).map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('lk-'))).toEqual([])
  })

  test('the session is bound where the client binds, and goes on after a reload', async () => {
    await signInAs(setup.addPerson())
    const session = await readState(page)
    const isBound = async () => (await readSignedIn()).bound
    const expected = layout.mode === 'token' || layout.bound === true
    expect(await isBound()).toBe(expected)
    await page.reload()
    setup.server.clock.seconds += AFTER_GRACE_SECONDS
    await page.evaluate(() => tab.client.session.refresh().then(() => {}))
    expect([await readState(page), await isBound()]).toEqual([session, expected])
    const [row] = await setup.server.database.sql`select jkt from sessions where id = ${session}`
    expect(row?.jkt !== null).toBe(expected)
  })

  test('an account is connected, signs its user in, and is disconnected', async () => {
    const email = await signUp(page)
    const person = setup.addPerson()
    const connected = await goThrough(page, 'connect', { loginHint: person.sub })
    expect(connected).toMatchObject({ purpose: 'connect', account: { provider: 'acme', uid: person.sub } })
    await logOut()
    await signInAs(person)
    expect(await readUser()).toMatchObject({ email })
    await page.evaluate(async () => {
      for (const { id } of await tab.social.accounts()) await tab.social.disconnect({ id })
    })
    expect(await page.evaluate(() => tab.social.accounts())).toEqual([])
    await logOut()
    await signInAs(person)
    expect(await readUser()).toMatchObject({ email: person.email })
  })

  test('a second factor is asked for before the session', async () => {
    const person = setup.addPerson()
    await signInAs(person)
    const { secret } = await page.evaluate(() => tab.mfa.setup({}))
    await page.evaluate((code) => tab.mfa.activate({ code }), totpCode(secret, setup.server.clock))
    await logOut()
    const due = await signInAs(person)
    expect(due).toMatchObject({
      purpose: 'sign_in',
      result: { status: 'second_factor_required', methods: ['totp', 'recovery_code'] },
    })
    expect(await readState(page)).toBe('signed_out')
    const challengeId = (due as { result: { challengeId: string } }).result.challengeId
    const code = totpCode(secret, setup.server.clock, 1)
    await page.evaluate((proof) => tab.mfa.verify(proof), { challenge_id: challengeId, code })
    expect(await page.evaluate(() => tab.client.session.state)).toMatchObject({ acr: 'aal2' })
    expect(await readUser()).toMatchObject({ email: person.email })
  })

  test('a user without a password confirms with the provider, also over an old sign-in there', async () => {
    const person = setup.addPerson()
    await signInAs(person)
    const { userId, sessionId, bound } = await readSignedIn()
    // The clock of the provider goes on as it is, so the sign-in is put back in place of a step of ours.
    await setup.server.database
      .sql`update sessions set auth_time = now() - interval '1 hour' where id = ${sessionId}`
    const setUp = () =>
      page.evaluate(() =>
        tab.mfa.setup({}).then(
          () => 'done',
          (error: { code: string; methods: string[] }) => [error.code, ...error.methods],
        ),
      )
    expect(await setUp()).toEqual(['insufficient_user_authentication', 'social'])
    const confirmed = await goThrough(page, 'reauthenticate', { loginHint: person.sub })
    expect(confirmed).toEqual({ purpose: 'reauthenticate' })
    expect(await setUp()).toBe('done')
    expect(await readSignedIn()).toMatchObject({ status: 'signed_in', userId, bound })
  })

  test('complete called twice at once, as by React in development, has one result', async () => {
    await page.evaluate(
      (hint) => void tab.social.signIn('acme', { returnTo: location.href, loginHint: hint }),
      setup.addPerson().sub,
    )
    await page.waitForURL(/[?&]code=/)
    const [one, other, later] = await page.evaluate(async () => {
      const both = await Promise.all([tab.social.complete(), tab.social.complete()])
      return [...both, await tab.social.complete()]
    })
    expect(one).toMatchObject({ result: { status: 'signed_in' } })
    expect([other, later]).toEqual([one, null])
  })
})
