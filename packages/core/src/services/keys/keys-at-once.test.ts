import {
  createTestCore,
  createTestDatabase,
  TEST_SECRET_KEY,
  type TestCore,
  type TestCoreOptions,
  type TestDatabase,
} from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_SECONDS } from '../../words/time.ts'
import { deriveSecrets, replaceSecrets } from './derived-keys.ts'

const NEW_SECRET = 'the-secret-that-comes-after-0123456789-abcdefghijklmnopqrst'

let database: TestDatabase
let opened: TestCore[]
beforeEach(async () => {
  database = await createTestDatabase()
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((core) => core.close()))
  await database.drop()
})

async function open(options: TestCoreOptions = {}): Promise<TestCore> {
  const core = await createTestCore({ database, ...options })
  opened.push(core)
  return core
}

/** Begins works one after another while the rows of the keys are locked, so none has written when the last one begins. */
async function atOnce<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const holder = await database.sql.reserve()
  const listWaiting = () => holder`select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`
  try {
    await holder`begin`
    await holder`select 1 from signing_keys for update`
    const begun: Promise<T>[] = []
    for (const work of works) {
      begun.push(work())
      await expect.poll(listWaiting).toHaveLength(begun.length)
    }
    await holder`rollback`
    return await Promise.all(begun)
  } finally {
    holder.release()
  }
}

const statusesOf = async ({ ctx }: TestCore) => (await ctx.keys.list()).map(({ status }) => status).sort()

describe('of two servers at once', () => {
  it('that are given the same secret to share, both name one key', async () => {
    const servers = [await open({ jwtAlgorithm: 'HS256' }), await open({ jwtAlgorithm: 'HS256' })] as const
    const kids = await atOnce(
      servers.map(
        ({ ctx }) =>
          () =>
            ctx.keys.share('shared-'.repeat(6)),
      ),
    )
    expect(new Set(kids).size).toBe(1)
    expect(await statusesOf(servers[0])).toEqual(['active', 'next', 'retired', 'retired'])
  })

  it('that seal the keys anew, one does the work', async () => {
    const servers = [await open(), await open()]
    for (const { ctx } of servers) replaceSecrets(ctx.secrets, deriveSecrets(NEW_SECRET, [TEST_SECRET_KEY]))
    const counts = await atOnce(
      servers.map(
        ({ ctx }) =>
          () =>
            ctx.keys.reseal(),
      ),
    )
    expect(counts.sort()).toEqual([0, 2])
  })

  it('that rotate, one for the age of the key and one by force, both do', async () => {
    const options = { signingKeyLifetimeSeconds: 30 * DAY_SECONDS, clockShift: { seconds: 0 } }
    const [aged, forced] = [await open(options), await open(options)]
    options.clockShift.seconds += 31 * DAY_SECONDS
    await atOnce<unknown>([
      () => aged.ctx.keys.find('unknown'),
      () => forced.ctx.keys.rotate({ force: true }),
    ])
    expect(await statusesOf(aged)).toEqual(['active', 'next', 'retired', 'retired'])
  })
})
