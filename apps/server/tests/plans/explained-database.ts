import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHasher, prepareDatabase } from '@latchkey/core'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import { FAST_HASH, openSql, PASSWORD, type TestDatabase } from '@latchkey/testkit'
import { fillDatabase } from '@latchkey/testkit/filler'
import { type ExplainedStatement, readExplained } from './read-explained.ts'

/** From this size on the planner chooses freely. */
export const FREE_CHOICE_USERS = 100_000
/** In a small database it is cheap to read whole tables. So the planner is told to look rows up, wherever an index allows it. */
const LOOK_UPS = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
  random_page_cost: '1',
}
/** Some rows are overdue, so that the housekeeping deletes. */
const OVERDUE_SHARE = 0.01

/** PostgreSQL writes the plan of every statement into its log, also of those that a foreign key sends. */
const EXPLAIN = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '-1',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_format': 'json',
  'auto_explain.log_nested_statements': 'on',
}
/** It may be lost at any time, so it does not wait for the disk. */
const DISPOSABLE = { fsync: 'off', max_wal_size: '4GB', shared_buffers: '256MB', jit: 'off' }

/** A filled database whose PostgreSQL notes the plans of what a server sends. */
export interface ExplainedDatabase extends TestDatabase {
  /** Reads the plans of all statements so far. Those of `sql` are not among them. */
  readPlans(): Promise<ExplainedStatement[]>
}

/** Starts a PostgreSQL of its own, migrates and fills it. A million users take some minutes. */
export async function openExplainedDatabase(
  users: number,
  report: (line: string) => void,
): Promise<ExplainedDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-plans-'))
  const version = process.env.LATCHKEY_TEST_POSTGRES === '14' ? 14 : 18
  const running = await startEmbeddedPostgres({ dataDir, version, settings: { ...DISPOSABLE, ...EXPLAIN } })
  const url = running.superuserUrl
  await prepareDatabase({ url, poolSize: 1, prepare: true }, report)
  const filler = openSql(url)
  const { hash } = await createHasher(FAST_HASH, { concurrency: 1, queue: 1 })
  const passwordHash = await hash(PASSWORD)
  await fillDatabase(filler, { users, passwordHash, overdueShare: OVERDUE_SHARE, report })
  // The work after a migration, which goes on for two days, is no part of what is sent every day.
  await filler`update latchkey_migrations set noted_at = noted_at - interval '3 days'`
  const { pathname } = new URL(url)
  const settings = users < FREE_CHOICE_USERS ? LOOK_UPS : {}
  for (const [name, value] of Object.entries({ 'auto_explain.log_min_duration': '0', ...settings })) {
    await filler.unsafe(`alter database "${pathname.slice(1)}" set ${name} = ${value}`)
  }
  await filler.end()
  const unnoted = new URL(url)
  unnoted.searchParams.set('options', '-c auto_explain.log_min_duration=-1')
  const sql = openSql(unnoted.href)
  return {
    url,
    sql,
    waitForBlocked: () => Promise.reject(new Error('No test of plans waits for a lock.')),
    readPlans: async () => readExplained(await readFile(join(dataDir, 'postgres.log'), 'utf8')),
    drop: async () => {
      await sql.end()
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
