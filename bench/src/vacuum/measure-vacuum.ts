import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@latchkey/core'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import { fillDatabase } from '@latchkey/testkit/filler'
import postgres from 'postgres'
import { CHURNS, listStatements } from './churn.ts'
import { readHeapFetches, readState, type TableState, waitForVacuum } from './read-state.ts'

export const TABLES = Object.keys(CHURNS)
/** PostgreSQL looks for work each second, so that a vacuum is not waited for longer than it takes. */
const SETTINGS = {
  autovacuum_naptime: '1s',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  fsync: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
}
/** The whole content is replaced so often. */
const TIMES = 2
/** The heap fetches are read after each so many steps. */
const READ_EACH = 3

export interface VacuumOptions {
  users: number
  /** In how many steps the content is replaced. */
  steps: number
  /** After so many seconds no further step begins. */
  seconds: number
  /** The scale factors of all tables, for dead rows and for inserted ones; null for those of the migrations. */
  scale: number | null
  report: (line: string) => void
}

/** What was seen of a table. Pages have 8 kB. */
export type Seen = Record<string, string | number>

/** Fills a PostgreSQL of its own, replaces the content of the tables, and tells what autovacuum did meanwhile. */
export async function measureVacuum(options: VacuumOptions): Promise<Record<string, Seen>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-vacuum-'))
  const running = await startEmbeddedPostgres({ dataDir, version: 18, settings: SETTINGS })
  const url = running.superuserUrl
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await migrateDatabase({ url, poolSize: 1, prepare: true })
    const { users, report } = options
    await fillDatabase(sql, { users, sessionsPerUser: 5, eventsPerUser: 5, passwordHash: '-', report })
    const tables = []
    for (const table of TABLES) tables.push(await prepare(sql, table, options.scale))
    const end = Date.now() + options.seconds * 1000
    for (let step = 1; step <= options.steps && Date.now() < end; step++) {
      for (const table of tables) await replace(sql, table, options.steps)
      for (const table of tables) await settle(sql, table)
      if (step % READ_EACH === 0) {
        for (const table of tables) table.fetches.push(await readHeapFetches(sql, table.name))
        report(`replaced ${((TIMES * step) / options.steps).toFixed(2)} times`)
      }
    }
    return Object.fromEntries(tables.map((table) => [table.name, summarize(table)]))
  } finally {
    await sql.end()
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Watched {
  name: string
  columns: string[]
  first: TableState
  last: TableState
  mostDead: number
  fetches: number[]
}

async function prepare(sql: postgres.Sql, name: string, scale: number | null): Promise<Watched> {
  if (scale !== null) {
    await sql.unsafe(`alter table ${name} set
      (autovacuum_vacuum_scale_factor = ${scale}, autovacuum_vacuum_insert_scale_factor = ${scale})`)
  }
  const columns = await sql<{ name: string }[]>`
    select attname as name from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped`
  const first = await readState(sql, name)
  return { name, columns: columns.map((one) => one.name), first, last: first, mostDead: 0, fetches: [] }
}

async function replace(sql: postgres.Sql, table: Watched, steps: number): Promise<void> {
  const part = { rows: table.first.rows, share: TIMES / steps }
  for (const statement of listStatements(table.name, table.columns, part)) await sql.unsafe(statement)
  const { dead } = await readState(sql, table.name)
  table.mostDead = Math.max(table.mostDead, dead)
}

async function settle(sql: postgres.Sql, table: Watched): Promise<void> {
  table.last = await waitForVacuum(sql, table.name)
}

function summarize({ first, last, mostDead, fetches }: Watched): Seen {
  const vacuums = last.vacuums - first.vacuums
  const seconds = last.vacuumSeconds - first.vacuumSeconds
  const mean = fetches.reduce((sum, one) => sum + one, 0) / fetches.length
  return {
    rows: first.rows,
    replaced: ((last.inserted - first.inserted) / first.rows).toFixed(1),
    'most dead': mostDead,
    'table pages': `${first.tablePages} -> ${last.tablePages}`,
    'index pages': `${first.indexPages} -> ${last.indexPages}`,
    'heap fetches, %': (mean * 100).toFixed(1),
    vacuums,
    'seconds of all': seconds.toFixed(1),
    'seconds of one': (seconds / Math.max(vacuums, 1)).toFixed(2),
  }
}
