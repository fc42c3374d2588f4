import { setTimeout as sleep } from 'node:timers/promises'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClockedSetup, startClockedSetup } from './clocked-setup.ts'
import { startProxy } from './proxy.ts'
import {
  GRACE_SECONDS,
  openTabs,
  PATIENCE_SECONDS,
  readState,
  signIn,
  signUp,
  tabUrl,
  waitForSameStorage,
} from './setup.ts'

/** Longer than a client waits for a database that never answers. */
const QUIET_MILLISECONDS = 3_500
const INSECURE = 'insecure.example.com'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser([`--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`])
})
afterAll(() => browser?.close())

/** Refreshes the session of a tab, and returns its status then. */
const refresh = (page: Page) => page.evaluate(() => tab.client.session.refresh().then(({ status }) => status))
/** Waits for a refresh of the tab that is running. */
const settle = (page: Page) => page.evaluate(() => tab.client.session.accessToken().then(() => {}))
const readBound = (page: Page) =>
  page.evaluate(() => {
    const { state } = tab.client.session
    return state.status === 'signed_in' && state.bound
  })

/** What keeps a key out of a page, as a script before all others. */
const OBSTACLES: [string, () => void][] = [
  ['that has no IndexedDB', () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })],
  [
    'whose IndexedDB refuses',
    () =>
      Object.defineProperty(IDBFactory.prototype, 'open', {
        value: () => {
          throw new DOMException('The user denied it.', 'SecurityError')
        },
      }),
  ],
  [
    'whose IndexedDB never answers',
    () => Object.defineProperty(IDBFactory.prototype, 'open', { value: () => ({}) }),
  ],
  ['that has no WebCrypto', () => Object.defineProperty(crypto, 'subtle', { value: undefined })],
  [
    'whose WebCrypto makes no keys',
    () =>
      Object.defineProperty(SubtleCrypto.prototype, 'generateKey', {
        value: () => Promise.reject(new DOMException('No.', 'OperationError')),
      }),
  ],
]

describe.each(['token', 'cookie'] as const)('a page where no key can live, in %s mode', (mode) => {
  let setup: ClockedSetup
  beforeAll(async () => {
    setup = await startClockedSetup({
      mode,
      timeoutSeconds: PATIENCE_SECONDS,
      ...(mode === 'cookie' && { bound: true }),
    })
  })
  afterAll(() => setup?.close())

  test.each(OBSTACLES)('%s: the session is not bound, and all is as without', async (name, obstacle) => {
    const context = await browser.newContext()
    await context.addInitScript(obstacle)
    const [page, other] = (await openTabs(setup, context, 2)) as [Page, Page]
    const email = await signUp(page)
    expect(await readBound(page)).toBe(false)
    // The other tab refreshes by the cookie. With that on its way, a step of the clock would make a replay of the next one.
    await expect.poll(() => readState(other)).toBe(await readState(page))
    for (const tab of [page, other]) {
      await waitForSameStorage([page, other])
      setup.clock.seconds += GRACE_SECONDS + 1
      expect(await refresh(tab)).toBe('signed_in')
      // A repetition that is still on its way would be a replay when the clock is stepped.
      if (name.includes('never')) await sleep(QUIET_MILLISECONDS)
    }
    await page.reload()
    // Both tabs may refresh when they are shown. With that on its way, a step of the clock would make a replay too.
    await Promise.all([settle(page), settle(other)])
    await waitForSameStorage([page, other])
    setup.clock.seconds += GRACE_SECONDS + 1
    // The access token of a refresh that was late may be over already.
    const readEmail = () => tab.client.user.get().then(({ email }) => email, String)
    await expect.poll(() => page.evaluate(readEmail)).toBe(email)
    await page.evaluate(() => tab.client.logout())
    await expect.poll(() => readState(other)).toBe('signed_out')
    await signIn(page, email)
    expect(await readBound(page)).toBe(false)
    await context.close()
  })
})

test('a page of an insecure origin has a session that is not bound', async () => {
  const setup = await startClockedSetup({ mode: 'token' })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(tabUrl(setup).replaceAll('127.0.0.1', INSECURE))
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  const email = await signUp(page)
  expect(await readBound(page)).toBe(false)
  setup.clock.seconds += GRACE_SECONDS + 1
  expect(await refresh(page)).toBe('signed_in')
  await page.reload()
  expect((await page.evaluate(() => tab.client.user.get())).email).toBe(email)
  await context.close()
  await setup.close()
})

test('a page of another origin than the server has a bound session, and reads the nonce', async () => {
  const otherOrigin = await startProxy()
  const setup = await startClockedSetup({ mode: 'token', otherOrigin })
  const context = await browser.newContext()
  const [page] = (await openTabs(setup, context, 1)) as [Page]
  expect(new URL(page.url()).origin).not.toBe(setup.proxy.url)
  await signUp(page)
  expect(await readBound(page)).toBe(true)
  const session = await readState(page)
  for (let round = 0; round < 2; round++) {
    // Each time the last nonce is too old, so the refresh succeeds only with the nonce of the refusal.
    setup.clock.seconds += 3600
    expect(await refresh(page)).toBe('signed_in')
  }
  expect(await readState(page)).toBe(session)
  const nonce = await page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json', DPoP: 'x' }
    const url = `${tab.client.baseUrl}/refresh/`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ refresh: 'x' }) })
    return answer.headers.get('DPoP-Nonce')
  })
  expect(nonce).toMatch(/^[\w.-]{16,}$/)
  await context.close()
  await setup.close()
  await otherOrigin.close()
})
