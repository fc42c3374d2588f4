import { writeFileSync } from 'node:fs'
import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from './support/session-model.ts'
import { createTally, formatTable, listFaults, type Tally } from './support/session-tally.ts'
import { createWorld } from './support/session-world.ts'

/** `npm run model` sets these three. */
const {
  LATCHKEY_MODEL_STEPS: STEPS = 20_000,
  LATCHKEY_MODEL_PROGRESS: PROGRESS,
  LATCHKEY_MODEL_REPORT: REPORT,
} = process.env
const WORLDS = 40
const ROUNDS = Math.ceil(Number(STEPS) / WORLDS)
/** The table of a long run is there before the run has ended. */
const ROUNDS_PER_REPORT = 100
/** Every fourth world has no grace. */
const WORLDS_PER_STRICT = 4
/** Seconds in multiples of 20. Every sum of them is at least 10 seconds away from the end of a grace of 30 seconds. */
const TIME_STEPS = [0, 0, 0, 0, 0, 0, 20, 20, 20, 40, 60]
const GRACE_SECONDS = 30
/** On a slow machine every grace is ended before the real time counts. */
const MOST_REAL_MILLISECONDS = 3000
/** Now and then everybody comes back after an hour, a day, or as late as a session may be unused. */
const LONG_STEPS = [3600, 86_400, 13 * 86_400]
const LONG_SHARE = 0.02
const SEED = Number(process.env.LATCHKEY_TEST_SEED ?? Date.now() % 2 ** 31)
/** A run of many steps must not end for being long. */
const MILLISECONDS_PER_STEP = 50

let test: TestCore
beforeAll(async () => {
  // The tokens outlive the test, so that only the end of a session ends them.
  test = await createTestCore({
    config: {
      accessTokenLifetimeSeconds: 1e9,
      refreshTokenLifetimeSeconds: 1e9,
      // The age of a proof is not part of the model, and its level is.
      reauthenticationMaxAgeSeconds: 1e9,
    },
    hashLimits: { concurrency: 2, queue: 1000 },
  })
})
afterAll(() => test.close())

it(
  `at least 20,000 random steps of clients, tabs and thieves agree with the model; LATCHKEY_TEST_SEED=${SEED}`,
  async () => {
    const tally = createTally()
    await runWorlds(tally)
    process.stdout.write(`sessions against the model, seed ${SEED}: ${JSON.stringify(tally)}\n`)
    if (REPORT) writeFileSync(REPORT, `${formatTable(tally)}\n`)
    expect(tally.steps).toBeGreaterThanOrEqual(20_000)
    expect(listFaults(tally)).toEqual([])
  },
  900_000 + Number(STEPS) * MILLISECONDS_PER_STEP,
)

async function runWorlds(tally: Tally): Promise<void> {
  const random = createRandom(SEED)
  const now = () => test.clock.seconds + performance.now() / 1000
  const worlds = await Promise.all(
    Array.from({ length: WORLDS }, (_, i) => {
      const graceSeconds = i % WORLDS_PER_STRICT === 0 ? 0 : GRACE_SECONDS
      return createWorld(test, { seed: SEED + i, graceSeconds, now, tally })
    }),
  )
  let lastClosedAt = performance.now()
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(worlds.map((world) => world.step()))
    const isSlow = performance.now() - lastClosedAt > MOST_REAL_MILLISECONDS
    const steps = random() < LONG_SHARE ? LONG_STEPS : TIME_STEPS
    const seconds = isSlow ? Math.max(...TIME_STEPS) : (steps[Math.floor(random() * steps.length)] ?? 0)
    test.clock.seconds += seconds
    if (seconds > GRACE_SECONDS) lastClosedAt = performance.now()
    if (PROGRESS) writeFileSync(PROGRESS, String(tally.steps))
    if (REPORT && round % ROUNDS_PER_REPORT === 0) writeFileSync(REPORT, `${formatTable(tally)}\n`)
  }
  await Promise.all(worlds.map((world) => world.close()))
}
