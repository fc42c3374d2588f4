import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { getTableName } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }
import type { DatabaseOptions } from '../src/database/connection.ts'
import { MIGRATION_LOCK, migrateDatabase } from '../src/database/migrate.ts'
import { findSqlState } from '../src/database/transaction.ts'
import * as schema from '../src/tables/schema.ts'

let empty: TestDatabase
beforeEach(async () => {
  empty = await createTestDatabase({ empty: true })
})
afterEach(() => empty.drop())

function optionsOf(changes: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return { url: empty.url, poolSize: 3, prepare: true, ...changes }
}

/** The tables of the code. The migrations must create the same tables. */
const TABLES = Object.values(schema).map(getTableName).sort()

async function listTables(): Promise<string[]> {
  const rows = await empty.sql`
    select table_name from information_schema.tables where table_schema = 'public' order by 1`
  return rows.map((row) => row.table_name)
}

async function setDefaultIsolation(level: string): Promise<void> {
  const name = new URL(empty.url).pathname.slice(1)
  await empty.sql.unsafe(`alter database ${name} set default_transaction_isolation = '${level}'`)
}

describe('migrating', () => {
  it('creates the schema in an empty database, and changes nothing the second time', async () => {
    expect(await listTables()).toEqual([])
    await migrateDatabase(optionsOf())
    expect(await listTables()).toEqual(TABLES)
    await migrateDatabase(optionsOf())
    expect(await empty.sql`select id from drizzle.__drizzle_migrations`).toHaveLength(journal.entries.length)
  })

  it.each([2, 10])('by %i servers at once on an empty database succeeds in all of them', async (many) => {
    await Promise.all(Array.from({ length: many }, () => migrateDatabase(optionsOf())))
    expect(await listTables()).toEqual(TABLES)
    expect(await empty.sql`select id from drizzle.__drizzle_migrations`).toHaveLength(journal.entries.length)
  })

  it('leaves no lock and no connection behind', async () => {
    await migrateDatabase(optionsOf())
    const [name] = await empty.sql`select current_database() name`
    await expect
      .poll(async () => {
        const rows = await empty.sql`
          select 1 from pg_stat_activity where datname = ${name?.name} and pid <> pg_backend_pid()
            and application_name = 'latchkey' and state <> 'idle'`
        return rows.length
      })
      .toBe(0)
    expect(
      await empty.sql`select 1 from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`,
    ).toHaveLength(0)
  })

  it('waits for another migration with a lock of the transaction, which works through a pooler', async () => {
    const other = await empty.sql.reserve()
    await other`begin`
    await other`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    const migrated = migrateDatabase(optionsOf({ prepare: false }))
    const listWaiting = () => empty.sql`
      select query from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
    await expect.poll(listWaiting).toMatchObject([{ query: 'select pg_advisory_xact_lock($1)' }])
    expect(await listTables()).toEqual([])
    await other`commit`
    other.release()
    await migrated
    expect(await listTables()).toEqual(TABLES)
  })

  it.each(['serializable', 'repeatable read'])(
    'refuses a database with the default isolation %s when a pooler prevents another setting',
    async (level) => {
      await setDefaultIsolation(level)
      await expect(migrateDatabase(optionsOf({ prepare: false }))).rejects.toThrow(
        `default_transaction_isolation is "${level}"; set it to "read committed"`,
      )
      expect(await listTables()).toEqual([])
      await expect(migrateDatabase(optionsOf())).resolves.toBeUndefined()
    },
  )

  it('throws with the code of the cause when the database cannot be reached', async () => {
    const url = new URL(empty.url)
    url.port = '1'
    const error = await migrateDatabase(optionsOf({ url: url.href })).catch((thrown: unknown) => thrown)
    expect(findSqlState(error)).toBe('ECONNREFUSED')
  })
})
