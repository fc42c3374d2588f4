import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from './support/session-model.ts'
import { createWorld, type Tally } from './support/session-world.ts'

const WORLDS = 40
const ROUNDS = 501
/** Seconds in multiples of 20. Every sum of them is at least 10 seconds away from the end of a grace of 30 seconds. */
const TIME_STEPS = [0, 0, 0, 0, 0, 0, 20, 20, 20, 40, 60]
const SEED = Number(process.env.LATCHKEY_TEST_SEED ?? Date.now() % 2 ** 31)

let test: TestCore
beforeAll(async () => {
  // The access tokens outlive the test, so that only the end of a session ends them.
  test = await createTestCore({
    config: {
      accessTokenLifetimeSeconds: 1e8,
      refreshTokenLifetimeSeconds: 1e8,
      // The age of a proof is not part of the model, and its level is.
      reauthenticationMaxAgeSeconds: 1e8,
    },
    hashLimits: { concurrency: 2, queue: 1000 },
    // Forty worlds at once wait long for a connection on a slow machine.
    pool: { deadlineMilliseconds: 60_000 },
  })
})
afterAll(() => test.close())

it(`at least 20,000 random steps of clients, tabs and thieves agree with the model; LATCHKEY_TEST_SEED=${SEED}`, async () => {
  const tally: Tally = {
    steps: 0,
    refreshes: 0,
    lateRetries: 0,
    theftsCaught: 0,
    thiefAnswers: 0,
    theftsUnseen: 0,
    proofs: 0,
    thievesLeftBehind: 0,
    raised: 0,
    thievesBelow: 0,
    passwordsRefused: 0,
    endedByFactor: 0,
    lowered: 0,
    rewinds: 0,
    repeated: 0,
  }
  const random = createRandom(SEED)
  const now = () => test.clock.seconds + performance.now() / 1000
  const worlds = await Promise.all(
    Array.from({ length: WORLDS }, (_, i) => createWorld(test, { seed: SEED + i, now, tally })),
  )
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(worlds.map((world) => world.step()))
    test.clock.seconds += TIME_STEPS[Math.floor(random() * TIME_STEPS.length)] ?? 0
  }
  await Promise.all(worlds.map((world) => world.close()))
  process.stdout.write(`sessions against the model, seed ${SEED}: ${JSON.stringify(tally)}\n`)
  expect(tally.steps).toBeGreaterThanOrEqual(20_000)
  for (const [name, count] of Object.entries(tally)) expect(count, name).toBeGreaterThan(0)
}, 900_000)
