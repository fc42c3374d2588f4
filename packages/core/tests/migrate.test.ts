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

/** What the code says there is; the migrations must bring about the same. */
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
  it('brings an empty database to the schema, and again changes nothing', async () => {
    expect(await listTables()).toEqual([])
    await migrateDatabase(optionsOf())
    expect(await listTables()).toEqual(TABLES)
    await migrateDatabase(optionsOf())
    expect(await empty.sql`select id from drizzle.__drizzle_migrations`).toHaveLength(journal.entries.length)
  })

  it.each([2, 10])('of %i servers at once on an empty database succeeds for all', async (many) => {
    await Promise.all(Array.from({ length: many }, () => migrateDatabase(optionsOf())))
    expect(await listTables()).toEqual(TABLES)
    expect(await empty.sql`select id from drizzle.__drizzle_migrations`).toHaveLength(journal.entries.length)
  })

  it('leaves nothing behind: no lock, no connection', async () => {
    await migrateDatabase(optionsOf())
    const [name] = await empty.sql`select current_database() name`
    await expect
      .poll(async () => {
        const rows = await empty.sql`
          select 1 from pg_stat_activity where datname = ${name?.name} and pid <> pg_backend_pid()
            and application_name = 'postgres.js' and state <> 'idle'`
        return rows.length
      })
      .toBe(0)
    expect(
      await empty.sql`select 1 from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`,
    ).toHaveLength(0)
  })

  it('waits for another with a lock that ends with its transaction, as a pooler needs it', async () => {
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
    'refuses a database whose default is %s where a pooler keeps us from setting it',
    async (level) => {
      await setDefaultIsolation(level)
      await expect(migrateDatabase(optionsOf({ prepare: false }))).rejects.toThrow(
        `default_transaction_isolation is "${level}"; set it to "read committed"`,
      )
      expect(await listTables()).toEqual([])
      await expect(migrateDatabase(optionsOf())).resolves.toBeUndefined()
    },
  )

  it('says what is wrong when the database cannot be reached', async () => {
    const url = new URL(empty.url)
    url.port = '1'
    const error = await migrateDatabase(optionsOf({ url: url.href })).catch((thrown: unknown) => thrown)
    expect(findSqlState(error)).toBe('ECONNREFUSED')
  })
})
