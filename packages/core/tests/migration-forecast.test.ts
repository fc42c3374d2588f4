import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { sql as text } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyMigration, inSchema } from '../src/database/apply-migration.ts'
import { type Database, openClient } from '../src/database/connection.ts'
import { forecastMigrations } from '../src/database/forecast.ts'
import { isStronger, LOCK_LEVELS, type LockLevel } from '../src/database/lock-levels.ts'
import { createNotes } from '../src/database/migration-notes.ts'
import { type Migration, readMigrations } from '../src/database/migrations.ts'
import { closeClient } from '../src/database/single-connection.ts'
import { readEffects } from '../src/database/statement-effects.ts'

const SCHEMA = 'public'
const MIGRATIONS = readMigrations()

let database: TestDatabase
let client: ReturnType<typeof openClient>
let db: Database
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  client = openClient({ url: database.url, poolSize: 2, prepare: true })
  db = drizzle({ client })
  await inSchema(db, SCHEMA, (tx) => createNotes(tx, SCHEMA, []))
})
afterAll(async () => {
  await closeClient(client)
  await database.drop()
})

/** What a migration did to tables: the strongest lock of each, and whether its rows were written anew. */
type Seen = Record<string, { lock: LockLevel; isRewritten: boolean }>

interface Held {
  table: string
  mode: string
  file: number
}

/** The locks of tables, from `ROW EXCLUSIVE` on, that other transactions than those of the test hold. */
const HELD = `
  select c.relname as table, l.mode, pg_relation_filenode(c.oid)::int as file
  from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = '${SCHEMA}' and c.relkind in ('r', 'p') and l.granted and c.relname <> 'latchkey_migrations'
    and l.database = (select oid from pg_database where datname = current_database())`

async function readFiles(): Promise<Map<string, number>> {
  const rows = await database.sql<{ table: string; file: number }[]>`
    select relname as table, pg_relation_filenode(oid)::int as file from pg_class
    where relnamespace = ${SCHEMA}::regnamespace and relkind in ('r', 'p')`
  return new Map(rows.map(({ table, file }) => [table, file]))
}

/** Keeps what is about tables that were there before. */
function summarize(held: Held[], files: Map<string, number>): Seen {
  const seen: Seen = {}
  for (const { table, mode, file } of held.filter((one) => files.has(one.table))) {
    // `AccessExclusiveLock` is `ACCESS EXCLUSIVE`.
    const lock = mode
      .replace(/Lock$/, '')
      .replace(/(?<=.)[A-Z]/g, ' $&')
      .toUpperCase() as LockLevel
    if (!isStronger(lock, 'ROW SHARE')) continue
    const former = seen[table]
    const strongest = former && isStronger(former.lock, lock) ? former.lock : lock
    seen[table] = { lock: strongest, isRewritten: file !== files.get(table) }
  }
  return seen
}

/** Applies a migration as a start does, and reads the locks that it holds at its end. */
async function apply(migration: Migration): Promise<Seen> {
  const files = await readFiles()
  const place = { db, schema: SCHEMA, report: () => undefined, hasSession: true }
  if (migration.isConcurrent) {
    const seen: Seen = {}
    for (const statement of migration.statements) {
      // The notes have one row for each hash.
      const one = { ...migration, hash: statement, statements: [statement] }
      Object.assign(seen, await watchIndexes(() => applyMigration(one, place), files))
    }
    return seen
  }
  let held: Held[] = []
  const work = async (tx: Database, report: (sentence: string) => void) => {
    await migration.work?.(tx, report)
    held = [...(await tx.execute(text.raw(`${HELD} and l.pid = pg_backend_pid()`)))] as unknown as Held[]
  }
  await applyMigration({ ...migration, work }, place)
  return summarize(held, files)
}

/** A build of an index waits for every transaction that writes, and holds its lock meanwhile. */
async function watchIndexes(build: () => Promise<void>, files: Map<string, number>): Promise<Seen> {
  const writer = await database.sql.reserve()
  await writer`begin`
  const tables = [...files.keys()].filter((table) => table !== 'latchkey_migrations')
  await writer.unsafe(`lock table ${tables.join(', ')} in row exclusive mode`)
  const built = build()
  await database.waitForBlocked()
  const [own] = await writer`select pg_backend_pid() as pid`
  const held = await database.sql.unsafe<Held[]>(
    `${HELD} and l.pid <> ${own?.pid} and l.pid <> pg_backend_pid()`,
  )
  await writer`commit`
  writer.release()
  await built
  return summarize(held, files)
}

/** Rows that the migrations have work with. */
async function fill(): Promise<void> {
  await database.sql`
    insert into users (id, email, password_hash) values (gen_random_uuid(), 'ada@bücher.example', 'x')
    on conflict do nothing`
  await database.sql`
    insert into pending_registrations (id, email, password_hash, first_name, last_name, created_at, expires_at)
    values (gen_random_uuid(), 'eve@bücher.example', 'x', '', '', now(), now())`
  await database.sql`
    insert into capabilities (token_hash, purpose, email, created_at, expires_at)
    values (gen_random_uuid()::text, 'change_email', 'eve@bücher.example', now(), now())`
}

async function foretell(migration: Migration): Promise<Seen> {
  const { locks } = await forecastMigrations(db, { schema: SCHEMA, waiting: [migration] })
  return Object.fromEntries(
    locks.map(({ table, lock, work }) => [
      table,
      { lock: lock as LockLevel, isRewritten: work === 'rewrite' },
    ]),
  )
}

describe('the forecast of a migration names the locks that it holds:', () => {
  it.each(MIGRATIONS.map((migration) => ({ name: migration.name, migration })))(
    '$name',
    async ({ name, migration }) => {
      if (name.startsWith('0005_')) await fill()
      const foretold = await foretell(migration)
      expect(await apply(migration)).toEqual(foretold)
    },
  )

  it('and every statement of every migration is known', () => {
    const statements = MIGRATIONS.flatMap((migration) => migration.statements)
    expect(statements.filter((statement) => readEffects(statement) === null)).toEqual([])
  })
})

/** Statements that a later migration may have. Each runs after all migrations, and is undone. */
const STATEMENTS = [
  'alter table users add column nickname text',
  "alter table users add column nickname text not null default ''",
  'alter table users add column joined timestamptz default now()',
  'alter table users add column joined timestamptz default clock_timestamp()',
  'alter table users add column key uuid not null default gen_random_uuid()',
  'alter table users add column number bigint generated always as identity',
  'alter table users add column number bigserial',
  'alter table users add column points integer check (points > 0)',
  'alter table sessions add column guest uuid references users (id)',
  'alter table users add column twice integer generated always as (role * 2) stored',
  'alter table users add constraint small check (role < 5000)',
  'alter table users add constraint small check (role < 5000) not valid',
  'alter table sessions add constraint owner foreign key (user_id) references users (id) not valid',
  'alter table sessions add constraint owner foreign key (user_id) references users (id)',
  'alter table sessions add constraint one unique (id, user_id)',
  'alter table sessions alter column ip set not null',
  'alter table sessions alter column ip drop not null, alter column os set default 1',
  'alter table sessions alter column generation set data type bigint',
  'alter table sessions alter column ip set statistics 500',
  'alter table sessions set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01)',
  'alter table sessions reset (fillfactor)',
  'alter table sessions rename column ip to address',
  'alter table sessions drop column os',
  'alter table sessions validate constraint sessions_user_id_users_id_fk',
  'alter table sessions disable trigger user',
  'create index by_ip on sessions (ip)',
  'create unique index by_ip on sessions (ip)',
  'drop index sessions_user_id',
  'drop table known_networks, code_attempts',
  'alter table sessions drop constraint sessions_user_id_users_id_fk',
  "comment on table users is 'people'",
  "comment on column users.email is 'an address'",
  "insert into users (id, email, password_hash) values (gen_random_uuid(), 'x@example.com', 'x')",
  'update sessions set ip = null',
  'delete from sessions',
  'create table notes (id uuid primary key, user_id uuid references users (id))',
  'create table old_events (like audit_events)',
]

describe('the forecast of a statement names the locks that it holds:', () => {
  it.each(STATEMENTS)('%s', async (statement) => {
    const later = { name: 'later', hash: 'later', statements: [statement], isConcurrent: false }
    const { locks } = await forecastMigrations(db, { schema: SCHEMA, waiting: [later] })
    // PostgreSQL shows no name of a table that is gone.
    const foretold = Object.fromEntries(
      locks
        .filter(({ table }) => !statement.startsWith('drop table') || !statement.includes(table))
        .map(({ table, lock, work }) => [table, { lock, isRewritten: work === 'rewrite' }]),
    )
    const files = await readFiles()
    const undone = new Error('undone')
    let seen: Seen = {}
    await db
      .transaction(async (tx) => {
        await tx.execute(text.raw(statement))
        const held = await tx.execute(text.raw(`${HELD} and l.pid = pg_backend_pid()`))
        seen = summarize([...held] as unknown as Held[], files)
        throw undone
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error
      })
    // Rows that are written anew in the same file are much work too.
    const isWritten = /^(update|delete)/.test(statement)
    for (const one of Object.values(seen)) one.isRewritten ||= isWritten
    expect(seen).toEqual(foretold)
  })

  it('and of one that is not known says so', async () => {
    const later = { name: 'later', hash: 'later', statements: ['do $$ begin end $$'], isConcurrent: false }
    const { locks } = await forecastMigrations(db, { schema: SCHEMA, waiting: [later] })
    expect(locks).toEqual([
      expect.objectContaining({ lock: null, blocks: 'reads and writes', seconds: null, migration: 'later' }),
    ])
  })
})

describe('the forecast', () => {
  it('knows the eight locks of PostgreSQL', async () => {
    const reader = await database.sql.reserve()
    for (const level of LOCK_LEVELS) {
      await reader`begin`
      await reader.unsafe(`lock table users in ${level} mode`)
      await reader`rollback`
    }
    reader.release()
    expect(LOCK_LEVELS).toHaveLength(8)
  })

  it('holds a lock from its statement to the end of the migration, and estimates by the size of the table', async () => {
    await database.sql`
      insert into audit_events (id, actor, kind, details, created_at)
      select gen_random_uuid(), 'self', 'login', jsonb_build_object('text', repeat('x', 900)), now() from generate_series(1, 45000)`
    await database.sql`analyze audit_events`
    const statements = [
      'alter table users add column nickname text',
      'create index by_kind on audit_events (kind)',
      'alter table sessions add column nickname text',
    ]
    const later = { name: 'later', hash: 'later', statements, isConcurrent: false }
    const { locks, isMeasured, bytesPerSecond } = await forecastMigrations(db, {
      schema: SCHEMA,
      waiting: [later],
    })
    expect(isMeasured).toBe(true)
    const [users, events, sessions] = ['users', 'audit_events', 'sessions'].map((name) =>
      locks.find(({ table }) => table === name),
    )
    expect(events).toMatchObject({ rows: 45_000, lock: 'SHARE', blocks: 'writes', work: 'index' })
    expect(events?.seconds).toBeCloseTo((Math.ceil(45_000 / 7) * 8192 * 8) / bytesPerSecond, 0)
    expect(users?.seconds).toBe(events?.seconds)
    expect(sessions).toMatchObject({ blocks: 'reads and writes', work: 'none', seconds: 0 })
  })
})
