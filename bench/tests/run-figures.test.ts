import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TASKS } from '../src/callers/tasks.ts'
import type { Size } from '../src/figures/figures.ts'
import { measureProfile } from '../src/figures/measure-profile.ts'
import { COMPARISONS } from '../src/figures/ratios.ts'
import { type Measured, runFigures } from '../src/figures/run-figures.ts'

const SIZE: Size = {
  clients: 2,
  rounds: 1,
  seconds: 0.05,
  warmUpSeconds: 0,
  starts: 0,
  accounts: { few: 20, many: 40 },
  isProfiled: false,
}
/** The least that production takes. */
const ARGON2 = { algorithm: 2, memoryCost: 7168, timeCost: 1, parallelism: 1 }

let database: TestDatabase
let folder: string
let measured: Measured
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-test-'))
  const cluster = { url: database.url, superuserUrl: database.url }
  const options = { size: SIZE, argon2: ARGON2, folder, betterAuth: null }
  measured = await runFigures(cluster, options, () => undefined)
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test('a run makes every call of every contender, and each answer is the right one', () => {
  const seen = measured.lines.map(({ operation, contender }) => `${contender}: ${operation}`)
  expect(seen.sort()).toEqual(
    [
      ...TASKS.flatMap((operation) => [`Latchkey: ${operation}`, `hand-written route: ${operation}`]),
      ...['login', 'refresh', 'user'].map((operation) => `Latchkey, tRPC: ${operation}`),
      'bare hash: login',
    ].sort(),
  )
  expect(measured.lines.every(({ rounds }) => rounds.length === SIZE.rounds)).toBe(true)
})

test('a run compares what it measured, and leaves out peers that are not there', () => {
  const here = COMPARISONS.filter(({ to }) => !to.startsWith('better-auth'))
  expect(measured.ratios.map(({ ratio: _, ...comparison }) => comparison)).toEqual(here)
})

test('a run has figures of floods, of few and many accounts, and of the servers at rest', () => {
  expect(measured.floods.map(({ contender }) => contender)).toEqual(['Latchkey', 'hand-written route'])
  expect(measured.scales.map(({ operation }) => operation)).toEqual(['login', 'refresh', 'user'])
  expect(measured.rests.map(({ contender }) => contender)).toEqual(['Latchkey', 'hand-written route'])
})

test('a profile names functions of the server with their shares', async () => {
  const cluster = { url: database.url, superuserUrl: database.url }
  const profile = await measureProfile(cluster, { operation: 'user', size: SIZE, argon2: ARGON2, folder })
  expect(profile.functions.length).toBeGreaterThan(0)
  for (const { share } of profile.functions) expect(share).toBeGreaterThan(0)
})
