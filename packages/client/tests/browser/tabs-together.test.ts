import { setTimeout as sleep } from 'node:timers/promises'
import { newEmail, PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ACCESS_SECONDS,
  openTabs,
  PATIENCE_SECONDS,
  readState,
  readStates,
  refreshWith,
  signIn,
  signUp,
  startSetup,
  stealRefreshToken,
  type TestSetup,
} from './setup.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const signOut = (page: Page) => page.evaluate(() => tab.client.logout())
const readEmail = (page: Page) =>
  page.evaluate(() =>
    tab.client.user.get().then(
      ({ email }) => email,
      (error) => String(error.code),
    ),
  )
const readStored = (page: Page) => page.evaluate(() => localStorage.getItem(`latchkey:${location.origin}`))
const readLastTold = (pages: Page[]) => Promise.all(pages.map((page) => page.evaluate(() => tab.told.at(-1))))

describe.each(['token', 'cookie'] as const)('tabs of one browser, in %s mode', (mode) => {
  let setup: TestSetup
  let context: BrowserContext
  let pages: Page[]
  let first: Page
  let second: Page

  beforeAll(async () => {
    setup = { ...(await startSetup(mode)), timeoutSeconds: PATIENCE_SECONDS }
  })
  afterAll(() => setup?.close())
  beforeEach(async () => {
    context = await browser.newContext()
    pages = await openTabs(setup, context, 4)
    ;[first, second] = pages as [Page, Page]
  })
  afterEach(async () => {
    setup.proxy.deliveryOf = () => ({ kind: 'passed' })
    await context.close()
  })

  /** Starts a refresh in the first tab. The proxy holds its answer until the test releases it. */
  async function startHeldRefresh() {
    await sleep(ACCESS_SECONDS * 1000)
    const { promise: until, resolve: release } = Promise.withResolvers<void>()
    setup.proxy.counts.clear()
    setup.proxy.deliveryOf = (path) => (path === '/refresh/' ? { kind: 'held', until } : { kind: 'passed' })
    const request = readEmail(first)
    await expect.poll(() => setup.proxy.counts.get('/refresh/ held') ?? 0).toBeGreaterThan(0)
    // Only the answers of running requests are held.
    setup.proxy.deliveryOf = () => ({ kind: 'passed' })
    return { request, release }
  }

  /** Waits until every tab has the state and has reported it. */
  async function expectAll(state: string): Promise<void> {
    await expect.poll(() => readStates(pages)).toEqual(pages.map(() => state))
    const status = state === 'signed_out' ? state : 'signed_in'
    expect(await readLastTold(pages)).toEqual(pages.map(() => status))
  }

  test('every tab sees a sign-in and a sign-out in one tab, also a tab that was frozen', async () => {
    const email = await signUp(first)
    await expectAll(await readState(first))
    const devtools = await context.newCDPSession(second)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await signOut(first)
    await sleep(500)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await expectAll('signed_out')
    await signIn(second, email)
    await expectAll(await readState(second))
    expect(await Promise.all(pages.map(readEmail))).toEqual(pages.map(() => email))
  })

  test('a refresh answer that arrives after the sign-out is not stored', async () => {
    await signUp(first)
    await expectAll(await readState(first))
    const stolen = await stealRefreshToken(setup, first)
    const { request, release } = await startHeldRefresh()
    await signOut(second)
    // A tab gives up its refresh when it hears of the sign-out. An answer that a browser has before that leaves a cookie of
    // a session that has ended.
    await expectAll('signed_out')
    release()
    expect(await request).toBe('not_authenticated')
    // A stored answer would sign the tabs in again within this time.
    await sleep(1_000)
    await expectAll('signed_out')
    expect(await readStored(first)).toBe(mode === 'cookie' ? 'signed-out' : null)
    expect((await context.cookies()).map(({ name }) => name)).toEqual([])
    expect(await refreshWith(setup, stolen)).toBe(401)
  })

  test.each(['the same tab', 'another tab'])(
    'a sign-in as another user in %s stays, although a refresh is running',
    async (where) => {
      await signUp(first)
      const [elsewhere] = (await openTabs(setup, await browser.newContext(), 1)) as [Page]
      const bob = await signUp(elsewhere)
      await elsewhere.context().close()
      await expectAll(await readState(first))
      const { request, release } = await startHeldRefresh()
      const page = where === 'the same tab' ? first : second
      await signIn(page, bob)
      // A tab gives up its refresh when it hears of the sign-in. The cookies of the held answer arrive after that.
      await expectAll(await readState(page))
      release()
      await request
      await sleep(1_000)
      await expectAll(await readState(page))
      await sleep(ACCESS_SECONDS * 1000)
      expect(await Promise.all(pages.map(readEmail))).toEqual(pages.map(() => bob))
    },
  )

  test('a change of password with a late answer signs out no tab', async () => {
    const email = await signUp(first)
    await expectAll(await readState(first))
    const toldBefore = await Promise.all(pages.map((page) => page.evaluate(() => tab.told.length)))
    setup.proxy.deliveryOf = (path) =>
      path === '/password/change/' ? { kind: 'late', milliseconds: 3_000 } : { kind: 'passed' }
    const change = first.evaluate((old_password) => {
      const new_password1 = `${old_password}, another`
      return tab.client.password.change({ old_password, new_password1, new_password2: new_password1 })
    }, PASSWORD)
    await expect.poll(() => setup.proxy.counts.get('/password/change/ late') ?? 0).toBe(1)
    // The server refuses these calls, because their tokens were replaced.
    expect(await Promise.all(pages.map(readEmail))).toEqual(pages.map(() => email))
    await change
    await expectAll(await readState(first))
    const told = await Promise.all(pages.map((page) => page.evaluate(() => tab.told)))
    expect(told.flatMap((all, index) => all.slice(toldBefore[index]))).not.toContain('signed_out')
    setup.proxy.counts.clear()
  })

  test('a full storage loses no refresh', async () => {
    await first.evaluate(() => {
      for (let size = 1 << 22; size >= 1; size >>= 1)
        try {
          for (let count = 0; ; count++) localStorage.setItem(`full-${size}-${count}`, 'x'.repeat(size))
        } catch {}
    })
    const email = await signUp(first)
    for (let round = 0; round < 2; round++) {
      await sleep(ACCESS_SECONDS * 1000)
      expect(await readEmail(first)).toBe(email)
    }
    await signOut(first)
    expect(await readEmail(first)).toBe('not_authenticated')
  })

  test('a storage cleared by the user is noticed in every tab', async () => {
    const email = await signUp(first)
    await expectAll(await readState(first))
    await second.evaluate(() => localStorage.clear())
    // The tokens are gone, and the cookie is still there.
    const expected = mode === 'cookie' ? email : 'not_authenticated'
    // Each process of the browser has its own copy of the storage, and hears of a change a moment later.
    for (const page of pages) await expect.poll(() => readEmail(page)).toBe(expected)
    if (mode === 'token') await expect.poll(() => readState(first)).toBe('signed_out')
  })

  test('a wrong password signs out no tab', async () => {
    await signUp(first)
    await expectAll(await readState(first))
    const wrong = { email: newEmail(), password: 'wrong' }
    const code = await first.evaluate((person) => tab.client.login(person).catch((e) => e.code), wrong)
    expect(code).toBe('incorrect_credentials')
    await expectAll(await readState(first))
  })
})
