import { createTestCore, createTestDatabase, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOverdue } from '../src/housekeeping/read-overdue.ts'
import { runRound } from '../src/housekeeping/run-round.ts'
import { nameOf } from '../src/tables/purge.ts'
import { PURGES } from '../src/tables/purges.ts'
import { DAY_SECONDS, HOUR_SECONDS } from '../src/words/time.ts'
import { listRows, STORABLE, storeRows } from './support/expired-rows.ts'

const PURGED = PURGES.map(nameOf)
/** One user has all the sessions of these tests. */
const SETTINGS = { auditRetentionSeconds: 365 * DAY_SECONDS, sessionsPerAccount: 10_000 }
/** Three and a half batches. */
const [ROWS, BATCH_ROWS] = [175, 50]

/** Why a table without a purge does not grow for ever. */
const BOUNDED: Record<string, string> = {
  users: 'a user is there until somebody deletes it',
  passkeys: 'twenty of a user',
  connections: 'twenty of a user',
  recovery_codes: 'ten of a user',
  imports: 'one for each run of an import by the operator',
  imported_users:
    'one for each user that the operator moved in. It outlives the user, so that nobody comes back',
  signing_keys: 'one for each rotation by the operator',
  latchkey_migrations: 'one for each migration',
  sweeps: 'one for each table',
  leases: 'one for each work',
  job: 'the queue deletes its jobs by itself; readOverdue tells when it does not',
}
/** The other tables of the mail queue describe the queue. A call writes nothing there. */
const OF_THE_QUEUE = [
  'bam',
  'instance',
  'job_dependency',
  'queue',
  'queue_stats',
  'schedule',
  'subscription',
  'version',
  'warning',
]

it('each table of the database has a purge or another bound', async () => {
  const database = await createTestDatabase({ mail: true })
  const rows = await database.sql`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema') order by 1`
  await database.drop()
  const known = [...PURGED, ...Object.keys(BOUNDED), ...OF_THE_QUEUE]
  expect(rows.map(({ name }) => name)).toEqual(known.sort())
  expect(STORABLE.sort()).toEqual([...PURGED].sort())
})

describe.each(PURGED)('the purge of %s', (table) => {
  let test: TestCore
  beforeAll(async () => {
    test = await createTestCore()
  })
  afterAll(() => test.close())

  const readTable = async () =>
    (await readOverdue({ ...test.ctx, ...SETTINGS })).find((one) => one.table === table)
  const runAll = () => runRound({ ...test.ctx, ...SETTINGS, batchRows: BATCH_ROWS }, { isForced: true })

  it('deletes all due rows of several batches and no other row, and counts both before and after', async () => {
    await storeRows(test.database, table, { kept: ROWS })
    const kept = await listRows(test.database, table)
    await storeRows(test.database, table, { due: ROWS })
    expect(await readTable()).toMatchObject({ dueRows: ROWS, purgedRows: 0, sweptSecondsAgo: null })
    const outcome = (await runAll())?.find(({ name }) => name === table)
    expect(outcome).toMatchObject({ purged: ROWS, end: 'complete', fault: null })
    expect(await listRows(test.database, table)).toEqual(kept)
    expect(await readTable()).toMatchObject({ dueRows: 0, oldestDueSeconds: null, purgedRows: ROWS })
  })

  it('is overdue when nothing went through the table for more than two days, also without a due row', async () => {
    expect(await readTable()).toMatchObject({ isOverdue: false, dueRows: 0 })
    await test.database.sql`delete from ${test.database.sql(table)}`
    test.clock.seconds = 2 * DAY_SECONDS + HOUR_SECONDS
    expect(await readTable()).toMatchObject({ isOverdue: true, dueRows: 0 })
    await runAll()
    expect(await readTable()).toMatchObject({ isOverdue: false })
    test.clock.seconds = 0
  })
})

it('a due row that nobody deletes is overdue after two days, before anything was ever gone through', async () => {
  const test = await createTestCore()
  await storeRows(test.database, 'ceremonies', { due: 1 })
  const late = async () =>
    (await test.core.readOverdue()).filter(({ isOverdue }) => isOverdue).map((one) => one.table)
  expect(await late()).toEqual([])
  test.clock.seconds = 2 * DAY_SECONDS
  expect(await late()).toEqual(['ceremonies'])
  await test.close()
})

it('a table whose first sweep never comes to its end is overdue after two days, also without a due row in sight', async () => {
  const test = await createTestCore()
  await test.database.sql`insert into sweeps (name, began_at) values ('sessions', now())`
  const readSessions = async () => (await test.core.readOverdue()).find(({ table }) => table === 'sessions')
  expect(await readSessions()).toMatchObject({ isOverdue: false, sweptSecondsAgo: null })
  test.clock.seconds = 2 * DAY_SECONDS + HOUR_SECONDS
  expect(await readSessions()).toMatchObject({ isOverdue: true, dueRows: 0, sweptSecondsAgo: null })
  await test.close()
})
