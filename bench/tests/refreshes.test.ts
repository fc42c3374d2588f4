import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@latchkey/testkit'
import { expect, test } from 'vitest'
import { KINDS, measureRefreshes } from '../src/refreshes/measure-refreshes.ts'
import { productionSettings } from '../src/settings.ts'

/** The least that production takes. */
const ARGON2 = { algorithm: 2, memoryCost: 7168, timeCost: 1, parallelism: 1 }
const CLIENTS = 2

/** Runs the measurement on a database of its own, and counts the sessions with a key. */
async function run(seconds: number) {
  const database = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-test-'))
  try {
    const settings = { ...productionSettings(ARGON2), DATABASE_URL: database.url, DATA_DIR: folder }
    const size = { clients: CLIENTS, rounds: 2, seconds, warmUpSeconds: 0 }
    const rounds = await measureRefreshes(settings, size, async () => [])
    const [{ bound } = { bound: 0 }] = await database.sql<{ bound: number }[]>`
      select count(*)::int as bound from sessions where jkt is not null`
    return { rounds, bound }
  } finally {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** On a busy machine a short round may end before its first answer. Then a longer one is measured. */
async function runUntilAnswered() {
  for (const seconds of [0.2, 2]) {
    const seen = await run(seconds)
    if (seen.rounds.every(({ perSecond }) => perSecond > 0)) return seen
  }
  return run(6)
}

test('a run measures every kind of refresh on one server, and checks every answer', async () => {
  const { rounds, bound } = await runUntilAnswered()
  expect(rounds.map(({ name }) => name).sort()).toEqual([...Object.keys(KINDS), ...Object.keys(KINDS)].sort())
  for (const { perSecond } of rounds) expect(perSecond).toBeGreaterThan(0)
  // Each person of the bound kinds has one session with a key, and no other person has one.
  expect(bound).toBe(2 * CLIENTS)
})
