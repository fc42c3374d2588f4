import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { getTableName, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }
import {
  type DatabaseConnection,
  type DatabaseOptions,
  MIGRATION_LOCK,
  migrateDatabase,
  openDatabase,
} from '../src/database/connection.ts'
import { findSqlState, transaction } from '../src/database/transaction.ts'
import * as schema from '../src/tables/schema.ts'

let empty: TestDatabase
let connections: DatabaseConnection[]
beforeEach(async () => {
  empty = await createTestDatabase({ empty: true })
  connections = []
})
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()))
  await empty.drop()
})

function optionsOf(changes: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return { url: empty.url, poolSize: 3, prepare: true, ...changes }
}

function open(changes: Partial<DatabaseOptions> = {}): DatabaseConnection {
  const connection = openDatabase(optionsOf(changes))
  connections.push(connection)
  return connection
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

describe('isolation', () => {
  it('is read committed for statements and transactions, whatever the database defaults to', async () => {
    await setDefaultIsolation('serializable')
    const { db } = open()
    const read = sql`select current_setting('transaction_isolation') level`
    expect((await db.execute(read))[0]).toEqual({ level: 'read committed' })
    expect(await transaction(db, async (tx) => (await tx.execute(read))[0])).toEqual({
      level: 'read committed',
    })
    const pooled = open({ prepare: false })
    expect(await transaction(pooled.db, async (tx) => (await tx.execute(read))[0])).toEqual({
      level: 'read committed',
    })
  })
})

describe('a statement', () => {
  /** What one connection has prepared after the same query ran outside and inside a transaction. */
  async function listPrepared(prepare: boolean): Promise<string[]> {
    const { db, sql: client } = open({ prepare, poolSize: 1 })
    for (const answer of [1, 2, 3]) {
      expect((await db.execute(sql`select ${answer}::int answer`))[0]).toEqual({ answer })
      await transaction(db, async (tx) => {
        expect((await tx.execute(sql`select ${answer}::int + 1 answer`))[0]).toEqual({ answer: answer + 1 })
        await tx.transaction((inner) => inner.execute(sql`select ${answer}::int + 2 answer`))
      })
    }
    const rows = await client.unsafe(
      "select statement from pg_prepared_statements where statement like 'select $1%' order by length(statement), 1",
    )
    return rows.map((row) => row.statement)
  }

  it('is parsed and planned once a connection, also in transactions', async () => {
    const added = ['', ' + 1', ' + 2']
    expect(await listPrepared(true)).toEqual(added.map((plus) => `select $1::int${plus} answer`))
  })

  it('is never prepared behind a transaction pooler', async () => {
    expect(await listPrepared(false)).toEqual([])
  })
})

describe('closing', () => {
  it('lets a running statement finish', async () => {
    const { db, close } = openDatabase(optionsOf())
    const running = (async () => db.execute(sql`select pg_sleep(0.3), 42 answer`))()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await close()
    expect((await running)[0]).toMatchObject({ answer: 42 })
    await expect(db.execute(sql`select 1`)).rejects.toThrow()
  })
})
