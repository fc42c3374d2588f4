import { setTimeout as sleep } from 'node:timers/promises'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../support/unreliable-network.ts'
import { type ClockedSetup, startClockedSetup } from './clocked-setup.ts'
import type { AnswerDelivery } from './proxy.ts'
import {
  GRACE_SECONDS,
  openTabs,
  readState,
  readStates,
  refreshWith,
  signUp,
  stealRefreshToken,
} from './setup.ts'

const TABS = 10
const RUN_SECONDS = Number(process.env.TABS_SECONDS ?? 20)
const SEED = Number(process.env.TABS_SEED ?? Date.now() % 1_000_000)
const DAY_SECONDS = 86_400

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Loses half of the answers to refreshes, and steps the clock after every third of these: its retry is so late. */
function createDeliveries(
  random: () => number,
  clock: ClockedSetup['clock'],
): (path: string) => AnswerDelivery {
  return (path) => {
    const kind = path === '/refresh/' ? random() : 1
    if (kind < 0.5 && random() < 0.3) clock.seconds += random() * DAY_SECONDS
    if (kind < 0.3) return { kind: 'dropped' }
    if (kind < 0.5) return { kind: 'silent' }
    return kind < 0.7 ? { kind: 'late', milliseconds: random() * 5_000 } : { kind: 'passed' }
  }
}

/** Ten tabs of one browser that browse while retries come up to a day late. */
async function browseLate(setup: ClockedSetup) {
  const random = createRandom(SEED)
  const context = await browser.newContext()
  const pages = await openTabs(setup, context, TABS)
  const [first] = pages as [Page]
  await signUp(first)
  const session = await readState(first)
  const stolen = await stealRefreshToken(setup, first)
  await expect.poll(() => readStates(pages)).toEqual(Array(TABS).fill(session))
  setup.proxy.deliveryOf = createDeliveries(random, setup.clock)
  await Promise.all(pages.map((page) => page.evaluate((ms) => tab.browse(ms), 200 + random() * 800)))
  await sleep(RUN_SECONDS * 1000)
  setup.proxy.deliveryOf = () => ({ kind: 'passed' })
  return { context, pages, session, stolen }
}

/** Loses every answer to a rotation, so that each tab repeats it an hour late. */
async function loseAll({ proxy, clock }: ClockedSetup, page: Page): Promise<void> {
  const refresh = () => page.evaluate(() => tab.client.session.refresh())
  // A nonce of now: the refusal of an older one would be the answer that is lost.
  await refresh()
  clock.seconds += GRACE_SECONDS + 1
  proxy.deliveryOf = (path) => ({ kind: path === '/refresh/' ? 'dropped' : 'passed' })
  const refreshed = refresh()
  await sleep(500)
  clock.seconds += DAY_SECONDS / 24
  proxy.deliveryOf = () => ({ kind: 'passed' })
  await refreshed
}

describe.each(['token', 'cookie'] as const)(
  'ten tabs in Chromium whose retries are up to a day late, in %s mode',
  (mode) => {
    test('with a bound session, no tab is signed out, and a copied token gets nothing and ends nothing', {
      timeout: (RUN_SECONDS + 180) * 1000,
    }, async () => {
      const setup = await startClockedSetup({ mode, bound: true })
      try {
        const { context, pages, session, stolen } = await browseLate(setup)
        // A refresh whose answer was kept back still waits for its end, and the call behind it gives up first.
        const readEmails = () =>
          Promise.all(pages.map((page) => page.evaluate(async () => (await tab.client.user.get()).email)))
        await expect.poll(async () => new Set(await readEmails()).size, { timeout: 90_000 }).toBe(1)
        expect(await readStates(pages)).toEqual(Array(TABS).fill(session))
        const countLate = () => setup.countEvents('refresh_late')
        console.info(`${mode} mode: TABS_SEED=${SEED}, ${RUN_SECONDS} s, late answers: ${await countLate()}`)
        // On a slow machine other tabs may have got every answer.
        for (let round = 0; round < 10 && (await countLate()) === 0; round++)
          await loseAll(setup, pages[0] as Page)
        expect(await countLate()).toBeGreaterThan(0)
        expect(await refreshWith(setup, stolen)).toBe(401)
        await Promise.all(pages.map((page) => page.evaluate(() => tab.client.session.refresh())))
        expect(await readStates(pages)).toEqual(Array(TABS).fill(session))
        await context.close()
      } finally {
        await setup.close()
      }
    })

    test('without a bound session, the sign-outs are counted', {
      timeout: (RUN_SECONDS + 180) * 1000,
    }, async () => {
      const setup = await startClockedSetup({ mode, bound: false })
      try {
        const { context, pages } = await browseLate(setup)
        const ended = await setup.countEvents('refresh_replayed')
        const late = await setup.countEvents('refresh_late')
        console.info(`${mode} mode, keyed: TABS_SEED=${SEED}, ended: ${ended}, late answers: ${late}`)
        // All tabs of a browser agree about what happened.
        await expect.poll(async () => new Set(await readStates(pages)).size).toBe(1)
        await context.close()
      } finally {
        await setup.close()
      }
    })
  },
)
