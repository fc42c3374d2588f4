import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRandom } from '../support/unreliable-network.ts'
import { type ClockedSetup, startClockedSetup } from './clocked-setup.ts'
import { openProfile, type ProfileBrowser } from './profile-browser.ts'
import type { AnswerDelivery } from './proxy.ts'
import { openTabs, readState, readStates, signUp } from './setup.ts'

const TABS = 10
const ROUNDS = Number(process.env.KILLS ?? 4)
const SEED = Number(process.env.TABS_SEED ?? Date.now() % 1_000_000)
const DAY_SECONDS = 86_400
/** The longest time from an answer to the end of the browser, which has not written the answer to its disk by then. */
const LATEST_MILLISECONDS = 2_000

/** Loses half of the answers to refreshes; tells when a refresh has been answered by the server. */
function watchRefreshes(random: () => number, tell: () => void, isLost: () => boolean) {
  return (path: string): AnswerDelivery => {
    if (path !== '/refresh/') return { kind: 'passed' }
    tell()
    return { kind: isLost() ? 'silent' : random() < 0.5 ? 'dropped' : 'passed' }
  }
}

const readEmail = (page: Page) =>
  page.evaluate(() =>
    tab.client.user.get().then(
      ({ email }) => email,
      (error) => String(error.code),
    ),
  )

describe.each(['token', 'cookie'] as const)('a browser that is killed, in %s mode', (mode) => {
  let setup: ClockedSetup
  let folder: string
  let browser: ProfileBrowser | undefined

  beforeAll(async () => {
    setup = await startClockedSetup({ mode, bound: true })
  })
  afterAll(() => setup?.close())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-profile-'))
  })
  afterEach(async () => {
    await browser?.kill()
    browser = undefined
    await rm(folder, { recursive: true, force: true })
  })

  /** Opens the browser again, with its tabs. */
  async function reopen(count = TABS): Promise<Page[]> {
    setup.proxy.deliveryOf = () => ({ kind: 'passed' })
    browser = await openProfile(folder)
    return openTabs(setup, browser.context, count)
  }

  async function closeWell(): Promise<void> {
    await browser?.close()
    browser = undefined
  }

  test('between a refresh and up to two seconds after its answer, comes back to its session, also a day later', {
    timeout: (ROUNDS * 40 + 120) * 1000,
  }, async () => {
    console.info(`${mode} mode: TABS_SEED=${SEED}, ${ROUNDS} kills`)
    const random = createRandom(SEED)
    const [first] = (await reopen(1)) as [Page]
    const email = await signUp(first)
    const session = await readState(first)
    await closeWell()

    for (let round = 0; round < ROUNDS; round++) {
      const pages = await reopen()
      await expect.poll(() => readStates(pages)).toEqual(Array(TABS).fill(session))
      setup.clock.seconds += random() * DAY_SECONDS
      const isBeforeAnswer = round % 2 === 0
      const { promise: answered, resolve: tell } = Promise.withResolvers<void>()
      setup.proxy.deliveryOf = watchRefreshes(random, tell, () => isBeforeAnswer)
      await Promise.all(pages.map((page) => page.evaluate((ms) => tab.browse(ms), random() * 500)))
      await answered
      if (!isBeforeAnswer) await sleep(random() * LATEST_MILLISECONDS)
      await browser?.kill()
      setup.clock.seconds += random() * DAY_SECONDS
    }

    const pages = await reopen()
    // A call of ten tabs that start at once may give up on a busy machine. A session that had ended would not come back.
    await expect.poll(() => Promise.all(pages.map(readEmail))).toEqual(Array(TABS).fill(email))
    expect(await readStates(pages)).toEqual(Array(TABS).fill(session))
    console.info(`${mode} mode: late answers`, await setup.countEvents('refresh_late'))
  })
})
