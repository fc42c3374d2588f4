import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { getTableName } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }
import type { DatabaseOptions } from '../src/database/connection.ts'
import { checkDatabase, describeWaiting, migrateDatabase } from '../src/database/migrate.ts'
import { keyOfMigrationLock } from '../src/database/migration-lock.ts'
import { findMigrations, type Migration, readMigrations } from '../src/database/migrations.ts'
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
const TABLES = [...Object.values(schema).map(getTableName), 'latchkey_migrations'].sort()

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
    expect(await empty.sql`select from latchkey_migrations`).toHaveLength(journal.entries.length)
  })

  it.each([2, 10])('by %i servers at once on an empty database succeeds in all of them', async (many) => {
    await Promise.all(Array.from({ length: many }, () => migrateDatabase(optionsOf())))
    expect(await listTables()).toEqual(TABLES)
    expect(await empty.sql`select from latchkey_migrations`).toHaveLength(journal.entries.length)
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
    await other`select pg_advisory_xact_lock(${keyOfMigrationLock('public')})`
    const waiting = Promise.withResolvers<string>()
    const migrated = migrateDatabase(optionsOf({ prepare: false }), waiting.resolve)
    expect(await waiting.promise).toBe('Another process migrates this database; this one waits for it.')
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

/** Our migrations, followed by others that a later release might have. */
function withLater(...later: { name: string; statements: string[] }[]): Migration[] {
  const more = later.map(({ name, statements }) => ({
    name,
    statements,
    hash: `hash of ${name}`,
    isConcurrent: statements.some((text) => text.includes('concurrently')),
  }))
  return [...readMigrations(), ...more]
}

const ADD_COLUMN = { name: '9000_column', statements: ['alter table users add column nickname text'] }

describe('a migration', () => {
  it('that waits for a table lets the statements of a serving server pass', async () => {
    await migrateDatabase(optionsOf())
    const reader = await empty.sql.reserve()
    await reader`begin`
    await reader`select from users`
    const waiting = Promise.withResolvers<string>()
    const migrated = migrateDatabase(optionsOf(), waiting.resolve, withLater(ADD_COLUMN))
    await empty.waitForBlocked()
    // This statement stands behind the migration, and is let through when the migration gives way.
    expect(await empty.sql`select from users`).toEqual([])
    expect(await waiting.promise).toBe('The migration 9000_column waits for a table that is in use.')
    await reader`commit`
    reader.release()
    await migrated
    expect(await empty.sql`select nickname from users`).toEqual([])
  })

  it('that fails is named with the words of PostgreSQL, and leaves nothing of itself', async () => {
    await migrateDatabase(optionsOf())
    const broken = { name: '9001_broken', statements: ['create table half ()', 'select from nowhere'] }
    const failed = migrateDatabase(optionsOf(), undefined, withLater(ADD_COLUMN, broken))
    await expect(failed).rejects.toThrow(
      'The migration 9001_broken failed: ERROR 42P01: relation "nowhere" does not exist',
    )
    expect(await listTables()).toEqual(TABLES)
    expect(await empty.sql`select nickname from users`).toEqual([])
    const state = await checkDatabase(optionsOf(), withLater(ADD_COLUMN, broken))
    expect(describeWaiting(state)).toEqual(['9001_broken'])
  })

  it('that fails over a row quotes nothing of the row', async () => {
    const steps = ["create table half (name text); insert into half values ('ada@example.com')"]
    const broken = {
      name: '9003_rows',
      statements: [...steps, 'alter table half alter name type int using name::int'],
    }
    await migrateDatabase(optionsOf())
    await expect(migrateDatabase(optionsOf(), undefined, withLater(broken))).rejects.toThrow(
      'The migration 9003_rows failed: ERROR 22P02: invalid input syntax for type integer: "…"',
    )
  })

  it('that meets a table of another application says what to do', async () => {
    await empty.sql`create table users ()`
    await expect(migrateDatabase(optionsOf())).rejects.toThrow(
      /^The migration 0000_accounts_and_sessions failed: ERROR 42P07: relation "users" already exists: another application uses the name; give Latchkey a schema of its own/,
    )
  })

  it('is not stopped by a statement timeout of the role', async () => {
    const name = new URL(empty.url).pathname.slice(1)
    await empty.sql.unsafe(`alter database ${name} set statement_timeout = '100ms'`)
    const slow = { name: '9002_slow', statements: ['select pg_sleep(0.3)'] }
    await migrateDatabase(optionsOf(), undefined, withLater(slow))
    expect(await empty.sql`select from latchkey_migrations where name = '9002_slow'`).toHaveLength(1)
  })

  it('of a newer release is served, with one warning', async () => {
    await migrateDatabase(optionsOf(), undefined, withLater(ADD_COLUMN))
    const reports: string[] = []
    await migrateDatabase(optionsOf(), (sentence) => reports.push(sentence))
    expect(reports).toEqual([
      'A newer release has migrated this database (9000_column); this release serves it.',
    ])
  })
})

const INDEX = {
  name: '9003_index',
  statements: ['create index concurrently "users_nickname" on "users" ("first_name")'],
}

describe('an index that is built concurrently', () => {
  const readIndexes = () => empty.sql`
    select indisvalid as valid from pg_index where indexrelid = to_regclass('users_nickname')`

  it('lets writes pass, and is built while another server waits for the migrations', async () => {
    await migrateDatabase(optionsOf())
    const writer = await empty.sql.reserve()
    await writer`begin`
    await writer`update users set first_name = ''`
    const reports: string[] = []
    const report = (sentence: string) => void reports.push(sentence)
    const both = [1, 2].map(() => migrateDatabase(optionsOf(), report, withLater(INDEX)))
    await empty.waitForBlocked()
    await empty.sql`update users set last_name = ''`
    await expect
      .poll(() => reports)
      .toEqual(['Another process migrates this database; this one waits for it.'])
    await writer`commit`
    writer.release()
    await Promise.all(both)
    expect(await readIndexes()).toEqual([{ valid: true }])
  })

  it('whose first build was cut off is built anew, and one that is valid stays', async () => {
    await migrateDatabase(optionsOf())
    await empty.sql.unsafe('create index users_nickname on users (first_name)')
    await empty.sql`update pg_index set indisvalid = false where indexrelid = 'users_nickname'::regclass`
    await migrateDatabase(optionsOf(), undefined, withLater(INDEX))
    expect(await readIndexes()).toEqual([{ valid: true }])
    await empty.sql`delete from latchkey_migrations where name = ${INDEX.name}`
    await migrateDatabase(optionsOf(), undefined, withLater(INDEX))
    expect(await readIndexes()).toEqual([{ valid: true }])
  })
})

describe('the files of the migrations', () => {
  const files = journal.entries.map(({ tag }) => ({
    tag,
    text: readFileSync(join(findMigrations(), `${tag}.sql`), 'utf8'),
  }))

  it.each(files)('$tag builds an index on an existing table concurrently', ({ text }) => {
    const created = [...text.matchAll(/create (?:unlogged )?table "(\w+)"/gi)].map(([, table]) => table)
    const indexed = [...text.matchAll(/create (?:unique )?index (?!concurrently)"\w+" on "(\w+)"/gi)]
    expect(indexed.map(([, table]) => table).filter((table) => !created.includes(table))).toEqual([])
  })

  it('are read without the name of a schema', () => {
    const statements = readMigrations().flatMap((migration) => migration.statements)
    expect(statements.filter((text) => text.includes('"public"'))).toEqual([])
  })
})
