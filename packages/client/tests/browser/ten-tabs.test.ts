import { setTimeout as sleep } from 'node:timers/promises'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readClaims } from '../../src/session/read-claims.ts'
import { createRandom } from '../support/unreliable-network.ts'
import type { AnswerDelivery } from './proxy.ts'
import {
  GRACE_SECONDS,
  openTabs,
  readState,
  readStates,
  refreshWith,
  signUp,
  startSetup,
  stealRefreshToken,
  type TestSetup,
} from './setup.ts'

const TABS = 10
const RUN_SECONDS = Number(process.env.TABS_SECONDS ?? (process.env.CI === 'true' ? 120 : 30))
const SEED = Number(process.env.TABS_SEED ?? Date.now() % 1_000_000)
/** Less than the grace. The other half is a reserve for a slow machine. */
const LATEST_MILLISECONDS = (GRACE_SECONDS / 2) * 1000

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Loses or delays half of the answers to refreshes, by less than the grace, in a random order. */
function createDeliveries(random: () => number): (path: string) => AnswerDelivery {
  let next: AnswerDelivery[] = []
  return (path) => {
    if (path !== '/refresh/') return { kind: 'passed' }
    if (next.length === 0) next = shuffle(random)
    return next.pop() as AnswerDelivery
  }
}

function shuffle(random: () => number): AnswerDelivery[] {
  const late = () => ({ kind: 'late' as const, milliseconds: random() * LATEST_MILLISECONDS })
  const passed = Array.from({ length: 4 }, () => ({ kind: 'passed' as const }))
  const deliveries = [...passed, { kind: 'dropped' as const }, { kind: 'silent' as const }, late(), late()]
  return deliveries
    .map((delivery) => ({ delivery, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ delivery }) => delivery)
}

/** Freezes a tab, as a browser freezes tabs in the background. */
async function freeze(page: Page, milliseconds: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await sleep(milliseconds)
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
}

/** Pauses the program of a tab, as a sleeping computer does. */
async function suspend(page: Page, milliseconds: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Debugger.enable')
  await devtools.send('Debugger.pause')
  await sleep(milliseconds)
  await devtools.send('Debugger.resume')
  await devtools.detach()
}

async function readTold(pages: Page[]): Promise<string[][]> {
  return Promise.all(pages.map((page) => page.evaluate(() => tab.told)))
}

async function readResults(pages: Page[]): Promise<Record<string, number>[]> {
  return Promise.all(pages.map((page) => page.evaluate(() => tab.results)))
}

function readGeneration(refreshToken: string): number {
  return readClaims(refreshToken)?.generation ?? Number.NaN
}

function sum(results: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const result of results)
    for (const [code, count] of Object.entries(result)) total[code] = (total[code] ?? 0) + count
  return total
}

describe.each(['token', 'cookie'] as const)('ten tabs in Chromium, in %s mode', (mode) => {
  let setup: TestSetup
  beforeAll(async () => {
    // The session of a bound client is not ended by a stolen token: the thief gets nothing.
    setup = { ...(await startSetup(mode)), bound: false }
  })
  afterAll(() => setup?.close())

  test('an unreliable network signs out no tab; a stolen refresh token used after the grace signs out every tab', {
    timeout: (RUN_SECONDS + 180) * 1000,
  }, async () => {
    console.info(`${mode} mode: TABS_SEED=${SEED}, ${RUN_SECONDS} s`)
    const random = createRandom(SEED)
    const context = await browser.newContext()
    const pages = await openTabs(setup, context, TABS)
    const [first, sleeper, second] = pages as [Page, Page, Page]
    await signUp(first)
    const stolen = await stealRefreshToken(setup, first)
    const states = Array(TABS).fill(await readState(first))
    await expect.poll(() => readStates(pages)).toEqual(states)
    const toldBefore = (await readTold(pages)).map((told) => told.length)

    setup.proxy.deliveryOf = createDeliveries(random)
    await Promise.all(pages.map((page) => page.evaluate((ms) => tab.browse(ms), 200 + random() * 800)))
    await sleep(2_000)
    const sleepMilliseconds = (GRACE_SECONDS + 4) * 1000
    await Promise.all([
      sleep(RUN_SECONDS * 1000 - 2_000),
      freeze(sleeper, sleepMilliseconds),
      suspend(second, sleepMilliseconds),
    ])
    const results = await readResults(pages)
    console.info(`${mode} mode:`, sum(results), Object.fromEntries(setup.proxy.counts))
    expect((await readTold(pages)).map((told, index) => told.slice(toldBefore[index]))).toEqual(
      Array(TABS).fill([]),
    )
    expect(await readStates(pages)).toEqual(states)
    for (const result of results) expect(result.ok).toBeGreaterThan(0)

    // Ten tabs may rotate the session before the thief comes, so the stolen token may be of a later generation than 1.
    const isRetired = async () =>
      readGeneration(await stealRefreshToken(setup, first)) - readGeneration(stolen) > 1
    await expect.poll(isRetired, { timeout: 4 * GRACE_SECONDS * 1000 }).toBe(true)
    expect(await refreshWith(setup, stolen)).toBe(401)
    await expect.poll(() => readStates(pages)).toEqual(Array(TABS).fill('signed_out'))
    expect((await readTold(pages)).map((told) => told.at(-1))).toEqual(Array(TABS).fill('signed_out'))
    await context.close()
  })
})
