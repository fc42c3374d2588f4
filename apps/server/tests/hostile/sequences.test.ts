import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, type Lane, type LaneServer, type Observation, startLanes } from './sequences/lanes.ts'
import { ANONYMOUS_STEPS, listSequences, STEPS, type Step } from './sequences/steps.ts'
import { AS_UNUSED, AS_WAITING, UNUSED, WAITING, type World } from './sequences/worlds.ts'

const LANES = 4

let server: LaneServer
beforeAll(async () => {
  server = await startLanes(LANES)
})
afterAll(() => server.close())

/** Makes the calls of a sequence about one new address. Other people act before the last call. */
async function walk(lane: Lane, world: World, steps: Step[], door: Door): Promise<Observation[]> {
  const email = newEmail()
  const seen: Observation[] = []
  await world.before?.(server, email)
  for (const [index, step] of steps.entries()) {
    if (index > 0 && index === steps.length - 1) await world.meanwhile?.(server, email)
    seen.push(await lane.observe(step, email, door))
  }
  return seen
}

/** Walks every sequence, and returns what is seen by the names of the calls. */
async function walkAll(
  world: World,
  sequences: Step[][],
  door: Door = 'direct',
): Promise<Map<string, Observation[]>> {
  const waiting = [...sequences]
  const seen = new Map<string, Observation[]>()
  const run = async (lane: Lane) => {
    for (let steps = waiting.shift(); steps; steps = waiting.shift()) {
      seen.set(steps.map(({ name }) => name).join(', '), await walk(lane, world, steps, door))
    }
  }
  await Promise.all(server.lanes.map(run))
  return seen
}

it('the steps are all operations that take an address', () => {
  expect([...new Set(STEPS.map(({ name }) => name.split(' ')[0]))].sort()).toEqual([
    'email_change',
    'rest_login',
    'rest_password_reset',
    'rest_register',
    'rest_resend_email',
  ])
})

describe.each([
  ['an unused address', UNUSED, AS_UNUSED],
  ['an address that a sign-up waits for', WAITING, AS_WAITING],
] as const)('compared with %s', (_plain, plain, worlds) => {
  const all = Object.entries<World>(worlds)
  const common = all.filter(([, { isCommon }]) => isCommon)

  it.each([
    ['two calls', all, listSequences(ANONYMOUS_STEPS, 2)],
    ['two calls, with a session or with a wrong password,', common, listSequences(STEPS, 2)],
    ['three calls', common, listSequences(ANONYMOUS_STEPS, 3)],
  ] as const)('no %s tell a difference', async (_length, others, sequences) => {
    const seen = await walkAll(plain, sequences)
    for (const [name, world] of others) expect(await walkAll(world, sequences), name).toEqual(seen)
  })

  it('no two calls over HTTP tell a difference', async () => {
    const sequences = listSequences(ANONYMOUS_STEPS, 2)
    const seen = await walkAll(plain, sequences, 'http')
    for (const [name, world] of common) expect(await walkAll(world, sequences, 'http'), name).toEqual(seen)
  })
})
