import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@latchkey/testkit'
import { expect, test } from 'vitest'
import { KINDS, measureRefreshes } from '../src/refreshes/measure-refreshes.ts'
import { productionSettings } from '../src/settings.ts'

/** The least that production takes. */
const ARGON2 = { algorithm: 2, memoryCost: 7168, timeCost: 1, parallelism: 1 }

test('a run measures every kind of refresh on one server, and checks every answer', async () => {
  const database = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-test-'))
  try {
    const settings = { ...productionSettings(ARGON2), DATABASE_URL: database.url, DATA_DIR: folder }
    const size = { clients: 2, rounds: 2, seconds: 0.2, warmUpSeconds: 0 }
    const rounds = await measureRefreshes(settings, size, async () => [])
    expect(rounds.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(KINDS), ...Object.keys(KINDS)].sort(),
    )
    for (const { perSecond } of rounds) expect(perSecond).toBeGreaterThan(0)
    // Each person of the bound kinds has one session with a key, and no other person has one.
    const [{ bound } = { bound: 0 }] = await database.sql<{ bound: number }[]>`
      select count(*)::int as bound from sessions where jkt is not null`
    expect(bound).toBe(2 * size.clients)
  } finally {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
