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
/** Every fourth world has no grace. */
const WORLDS_PER_STRICT = 4
/** Seconds in multiples of 20. Every sum of them is at least 10 seconds away from the end of a grace of 30 seconds. */
const TIME_STEPS = [0, 0, 0, 0, 0, 0, 20, 20, 20, 40, 60]
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
    // Forty worlds at once wait long for a connection on a slow machine.
    pool: { deadlineMilliseconds: 60_000 },
  })
})
afterAll(() => test.close())

it(
  `at least 20,000 random steps of clients, tabs and thieves agree with the model; LATCHKEY_TEST_SEED=${SEED}`,
  async () => {
    const tally = createTally()
    await runWorlds(tally)
    const table = formatTable(tally)
    process.stdout.write(
      `sessions against the model, seed ${SEED}: ${JSON.stringify(tally.world)}\n${table}\n`,
    )
    if (REPORT) writeFileSync(REPORT, `${table}\n`)
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
      const graceSeconds = i % WORLDS_PER_STRICT === 0 ? 0 : 30
      return createWorld(test, { seed: SEED + i, graceSeconds, now, tally })
    }),
  )
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(worlds.map((world) => world.step()))
    const steps = random() < LONG_SHARE ? LONG_STEPS : TIME_STEPS
    test.clock.seconds += steps[Math.floor(random() * steps.length)] ?? 0
    if (PROGRESS) writeFileSync(PROGRESS, String(tally.steps))
  }
  await Promise.all(worlds.map((world) => world.close()))
}
