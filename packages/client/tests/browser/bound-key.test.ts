import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ClockedSetup, startClockedSetup } from './clocked-setup.ts'
import { findKeys, readStorage, writeStorage } from './key-finder.ts'
import { openProfile } from './profile-browser.ts'
import {
  GRACE_SECONDS,
  openTabs,
  PATIENCE_SECONDS,
  readState,
  readStates,
  refreshWith,
  signUp,
  stealRefreshToken,
} from './setup.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const refresh = (page: Page) => page.evaluate(() => tab.client.session.refresh().then(() => {}))
const readBound = (page: Page) =>
  page.evaluate(() => {
    const { state } = tab.client.session
    return state.status === 'signed_in' && state.bound
  })

describe.each(['token', 'cookie'] as const)('the key of a bound session, in %s mode', (mode) => {
  let setup: ClockedSetup
  let context: BrowserContext
  let first: Page
  let second: Page

  beforeAll(async () => {
    setup = await startClockedSetup({
      mode,
      timeoutSeconds: PATIENCE_SECONDS,
      ...(mode === 'cookie' && { bound: true }),
    })
  })
  afterAll(() => setup?.close())
  beforeEach(async () => {
    context = await browser.newContext()
    ;[first, second] = (await openTabs(setup, context, 2)) as [Page, Page]
    await signUp(first)
    await expect.poll(() => readState(second)).toBe(await readState(first))
  })
  afterEach(() => context.close())

  test('cannot be exported, and is one for all tabs and workers', async () => {
    expect([await readBound(first), await readBound(second)]).toEqual([true, true])
    const [own, others, workers] = await Promise.all([
      findKeys(first, 'page'),
      findKeys(second, 'page'),
      findKeys(second, 'worker'),
    ])
    expect(own).toEqual([{ algorithm: 'ECDSA P-256', exported: 'refused', signs: true }])
    expect(others).toEqual(own)
    expect(workers).toEqual(own)
  })

  test('refreshes in every tab, and after a reload', async () => {
    const session = await readState(first)
    for (const page of [first, second]) {
      setup.clock.seconds += GRACE_SECONDS + 1
      await refresh(page)
    }
    await first.reload()
    setup.clock.seconds += GRACE_SECONDS + 1
    await refresh(first)
    expect(await readStates([first, second])).toEqual([session, session])
    expect(await readBound(first)).toBe(true)
  })

  test('is deleted at the sign-out, and the next session has another', async () => {
    const before = await stealRefreshToken(setup, first)
    await first.evaluate(() => tab.client.logout())
    await expect.poll(() => findKeys(second, 'page')).toEqual([])
    expect(await refreshWith(setup, before)).toBe(401)
    await signUp(second)
    await expect.poll(() => findKeys(first, 'page')).toHaveLength(1)
    setup.clock.seconds += GRACE_SECONDS + 1
    await refresh(second)
    expect(await readBound(second)).toBe(true)
  })

  test('keeps the session when the storage is rolled back', async () => {
    const session = await readState(first)
    const old = { storage: await readStorage(first), cookies: await context.cookies() }
    for (let round = 0; round < 3; round++) {
      setup.clock.seconds += GRACE_SECONDS + 1
      await refresh(first)
    }
    setup.clock.seconds += 86_400
    await Promise.all([first.close(), second.close()])
    const [restorer] = (await openTabs(setup, context, 1)) as [Page]
    await writeStorage(restorer, old.storage)
    await context.addCookies(old.cookies)
    await restorer.reload()
    await refresh(restorer)
    expect(await readState(restorer)).toBe(session)
  })

  test('is what a copy of all storage and cookies lacks: another profile gets not one token', async () => {
    const session = await readState(first)
    const copied = { storage: await readStorage(first), cookies: await context.cookies() }
    const stolen = await stealRefreshToken(setup, first)
    const thief = await browser.newContext()
    await thief.addCookies(copied.cookies)
    const [page] = (await openTabs(setup, thief, 1)) as [Page]
    await writeStorage(page, copied.storage)
    for (const seconds of [0, GRACE_SECONDS + 1, 86_400]) {
      setup.clock.seconds += seconds
      await page.reload()
      const answered = await page.evaluate(() => tab.client.session.refresh().catch((error) => error.code))
      expect(answered ?? null).not.toMatchObject({ status: 'signed_in' })
      expect(await refreshWith(setup, stolen)).toBe(401)
    }
    await refresh(first)
    expect(await readState(first)).toBe(session)
    await thief.close()
  })

  test('that is lost signs out here, with the reason', async () => {
    await first.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(String(name))
    })
    await second.close()
    await first.reload()
    setup.clock.seconds += GRACE_SECONDS + 1
    await first.evaluate(() => tab.client.session.refresh().catch(() => {}))
    expect(await first.evaluate(() => tab.client.session.state)).toEqual({
      status: 'signed_out',
      reason: 'key_lost',
    })
  })

  test('survives a browser that was closed and one that was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-key-'))
    const open = async () => {
      const profile = await openProfile(folder)
      const [page] = (await openTabs(setup, profile.context, 1)) as [Page]
      return { ...profile, page }
    }
    let profile = await open()
    await signUp(profile.page)
    const session = await readState(profile.page)
    await profile.close()
    profile = await open()
    setup.clock.seconds += GRACE_SECONDS + 1
    await refresh(profile.page)
    await profile.kill()
    profile = await open()
    setup.clock.seconds += GRACE_SECONDS + 1
    await refresh(profile.page)
    expect(await readState(profile.page)).toBe(session)
    await profile.close()
    await rm(folder, { recursive: true, force: true })
  })
})
