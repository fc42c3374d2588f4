import { listCodes, readPage, readTables } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import type { World } from '../document/requests.ts'
import { OPERATIONS, PAGES } from '../operations.ts'
import { startTestServer } from '../test-server.ts'
import {
  type Called,
  countRows,
  findGrown,
  prepareRequests,
  sendAll,
  startGrowingServer,
} from './growth-world.ts'

const CALLS = 4
/** One that ends the session, as many refused ones as a limit allows, and one that passes the limit and is recorded. */
const SPENT_CALLS = 5
const REFUSED_CALLS = 2
/** What the loops without limits made grow: a table and an operation. */
const noted: string[] = []
const MANY = { calls: 1_000_000, seconds: 86_400 }
const FEW = { calls: 3, seconds: 86_400 }

const nameAll = (all: Called[]) => all.map((one): [string, Called] => [`${one.method} ${one.path}`, one])

const NAMED = nameAll([
  ...OPERATIONS.map((one) => ({ ...one, access: one.meta.access })),
  ...PAGES.map((one) => ({ ...one, access: 'anonymous' })),
])
const OPEN = NAMED.filter(([, { access }]) => access === 'anonymous' || access === 'cookie')

/** The rows of the guide: what grows, the operations that make it grow, the bound, and the tests that hold it. */
const rows =
  readTables(readPage('docs/guides/security.md')).find(({ head }) => head[0] === 'what grows')?.rows ?? []
const guide = rows.map(([what, , operations, bound = '', held = '']) => ({
  tables: listCodes(what),
  operations: listCodes(operations),
  bound,
  held,
}))

/** The operations that make a table grow, as the guide says. A row for all calls names no operation. */
function listGrowing(table: string): string[] {
  return guide.filter(({ tables }) => tables.includes(table)).flatMap(({ operations }) => operations)
}

/** A client in a network of its own. */
const elsewhere = (n: number) => `2001:db8:${(n + 1).toString(16)}::1`

describe('the table of the guide of what grows', () => {
  let world: World
  beforeAll(async () => {
    world = await startGrowingServer('none', MANY)
  })
  afterAll(() => world.server.close())

  it('has every table of the database, and no other table', async () => {
    const stored = Object.keys(await countRows(world))
    expect(guide.flatMap(({ tables }) => tables).sort()).toEqual(stored.sort())
  })

  it('gives each row a bound and a test that holds it', () => {
    expect(guide.length).toBeGreaterThan(12)
    const isHeld = (held: string) => held.includes('.test.ts` “') || held.startsWith('Not tested: ')
    expect(guide.filter(({ bound, held }) => bound === '' || !isHeld(held))).toEqual([])
  })
})

describe.each(['optional', 'mandatory'] as const)(
  'the worst caller without limits, %s verification,',
  (mode) => {
    let world: World
    beforeAll(async () => {
      world = await startGrowingServer(mode, MANY)
    })
    afterAll(() => world.server.close())

    it.each(mode === 'optional' ? NAMED : OPEN)(
      'of %s makes only the tables grow that the guide names',
      async (_, endpoint) => {
        const requests = await prepareRequests(world, endpoint, CALLS)
        const before = await countRows(world)
        await sendAll(world, endpoint, requests, elsewhere)
        const grown = findGrown(before, await countRows(world), CALLS)
        const known = Object.keys(before).filter((table) => listGrowing(table).includes(endpoint.operationId))
        const unexpected = grown.filter((table) => table !== 'throttle_counters' && !known.includes(table))
        expect(unexpected).toEqual([])
        noted.push(...grown.map((table) => `${table} ${endpoint.operationId}`))
      },
    )
  },
)

describe('the operations that the guide names', () => {
  it('make the tables grow', () => {
    const written = guide.flatMap(({ tables, operations }) =>
      tables.flatMap((table) => operations.map((operation) => `${table} ${operation}`)),
    )
    expect(written.filter((pair) => !noted.includes(pair))).toEqual([])
  })
})

describe('one caller over its limits', () => {
  let world: World
  beforeAll(async () => {
    world = await startGrowingServer('optional', FEW)
  })
  afterAll(() => world.server.close())

  it.each(NAMED)('of %s makes no table grow any more', async (_, endpoint) => {
    const place = `198.51.100.${NAMED.findIndex(([, one]) => one === endpoint)}`
    const requests = await prepareRequests(world, endpoint, SPENT_CALLS + REFUSED_CALLS)
    await sendAll(world, endpoint, requests.slice(0, SPENT_CALLS), () => place)
    const before = await countRows(world)
    const statuses = await sendAll(world, endpoint, requests.slice(SPENT_CALLS), () => place)
    expect(statuses.filter((status) => status < 400)).toEqual([])
    expect(findGrown(before, await countRows(world), 1)).toEqual([])
  })
})

it('a call of a long path and a long user agent writes one short line to the log', async () => {
  const server = await startTestServer()
  try {
    const path = `/${'long/'.repeat(1000)}`
    await call(server.url + path, { headers: { 'user-agent': 'x'.repeat(8000) } })
    expect(server.logLines).toHaveLength(1)
    expect(server.logLines[0]?.length).toBeLessThan(600)
  } finally {
    await server.close()
  }
})
