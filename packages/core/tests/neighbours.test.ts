import { createTestCore, createTestDatabase, signUp, type TestDatabase } from '@latchkey/testkit'
import { getTableName } from 'drizzle-orm'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../src/database/connection.ts'
import { clearFormerNotes } from '../src/database/former-notes.ts'
import { migrateDatabase } from '../src/database/migrate.ts'
import { readMigrations } from '../src/database/migrations.ts'
import { createReadiness } from '../src/database/readiness.ts'
import * as tables from '../src/tables/schema.ts'
import { FIRST_RELEASE, migrateAsFirstRelease, migrateNeighbour } from './support/neighbour.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
})
afterEach(() => database.drop())

/** The latest and the earliest migration of this build were written between these moments. */
const [EARLY, LATE] = [1_500_000_000_000, 4_000_000_000_000]
const OURS = [...Object.values(tables).map(getTableName), 'latchkey_migrations'].sort()

const optionsOf = (url = database.url) => ({ url, poolSize: 3, prepare: true })

async function listTables(schema = 'public'): Promise<string[]> {
  const rows = await database.sql`select tablename from pg_tables where schemaname = ${schema} order by 1`
  return rows.map(({ tablename }) => tablename)
}

async function listDefaultNotes(): Promise<string[]> {
  const rows = await database.sql`select hash from drizzle.__drizzle_migrations order by id`
  return rows.map(({ hash }) => hash)
}

async function isReady(url = database.url): Promise<boolean> {
  const connection = openDatabase(optionsOf(url))
  try {
    return await createReadiness(connection.db)()
  } finally {
    await connection.close()
  }
}

async function clearNotes(): Promise<number> {
  const connection = openDatabase(optionsOf())
  try {
    return await clearFormerNotes(connection.db, readMigrations())
  } finally {
    await connection.close()
  }
}

describe('another application that notes its migrations in the default table of the library', () => {
  it('with a later migration than ours: every migration of ours runs', async () => {
    await migrateNeighbour(database.sql, [{ table: 'theirs', when: LATE }])
    await migrateDatabase(optionsOf())
    expect(await listTables()).toEqual([...OURS, 'theirs'].sort())
    expect(await isReady()).toBe(true)
    expect(await listDefaultNotes()).toHaveLength(1)
  })

  it('is not stopped by ours: its migrations run after ours, however early they were written', async () => {
    await migrateDatabase(optionsOf())
    await migrateNeighbour(database.sql, [{ table: 'theirs', when: EARLY }])
    expect(await listTables()).toContain('theirs')
    expect(await listDefaultNotes()).toHaveLength(1)
  })

  it('came between two releases: the notes of the first release are taken over by hash, and leave at once', async () => {
    await migrateAsFirstRelease(database.sql)
    await database.sql`delete from drizzle.__drizzle_migrations where id > 2`
    await database.sql`drop table audit_events, known_networks, throttle_counters`
    await migrateNeighbour(database.sql, [{ table: 'theirs', when: LATE }])
    expect(await isReady()).toBe(false)
    await migrateDatabase(optionsOf())
    expect(await listTables()).toEqual([...OURS, 'theirs'].sort())
    expect(await isReady()).toBe(true)
    expect(await listDefaultNotes()).toHaveLength(1)
    await migrateNeighbour(database.sql, [
      { table: 'theirs', when: LATE },
      { table: 'more', when: LATE + 1 },
    ])
    expect(await listTables()).toContain('more')
  })
})

describe('the notes of the first release', () => {
  it('stay for a day when no other application notes there, so that a former server stays ready meanwhile', async () => {
    await migrateAsFirstRelease(database.sql)
    await migrateDatabase(optionsOf())
    expect(await database.sql`select from latchkey_migrations where taken_over`).toHaveLength(
      FIRST_RELEASE.length,
    )
    expect(await listDefaultNotes()).toHaveLength(FIRST_RELEASE.length)
    await migrateAsFirstRelease(database.sql)
    expect(await clearNotes()).toBe(0)
    await database.sql`update latchkey_migrations set noted_at = now() - interval '25 hours'`
    expect(await clearNotes()).toBe(FIRST_RELEASE.length)
    expect(await listDefaultNotes()).toEqual([])
    expect(await isReady()).toBe(true)
  })

  it('of tables that are gone are not taken over', async () => {
    await migrateAsFirstRelease(database.sql)
    await database.sql.unsafe('drop schema public cascade; create schema public')
    await migrateDatabase(optionsOf())
    expect(await listTables()).toEqual(OURS)
  })

  it('that our role may not delete are reported, and the start goes on', async () => {
    await migrateAsFirstRelease(database.sql)
    await migrateNeighbour(database.sql, [{ table: 'theirs', when: LATE }])
    const url = await createRole('reader', 'create')
    const role = new URL(url).username
    for (const table of await listTables()) await database.sql.unsafe(`alter table ${table} owner to ${role}`)
    await database.sql.unsafe(`
      grant usage on schema drizzle to ${role}; grant select on drizzle.__drizzle_migrations to ${role}`)
    const reports: string[] = []
    await migrateDatabase(optionsOf(url), (sentence) => void reports.push(sentence))
    expect(reports).toEqual([
      expect.stringMatching(
        /may stop the migrations of another application: ERROR 42501: permission denied for table __/,
      ),
    ])
    expect(await isReady()).toBe(true)
  })

  it('in a table that is closed to our role do not matter', async () => {
    await migrateNeighbour(database.sql, [{ table: 'theirs', when: LATE }])
    const url = await createRole('closed', 'create')
    await migrateDatabase(optionsOf(url))
    expect(await isReady(url)).toBe(true)
  })
})

/** Creates a role with a right in the schema `public`, and returns the URL of its connections. */
async function createRole(purpose: string, right: 'create' | 'usage'): Promise<string> {
  const role = `${purpose}_${crypto.randomUUID().replaceAll('-', '')}`
  await database.sql.unsafe(
    `create role ${role} login password 'hush'; grant ${right} on schema public to ${role}`,
  )
  return Object.assign(new URL(database.url), { username: role, password: 'hush' }).href
}

/** The URL of connections whose search path is the given one. */
async function createPath(path: string): Promise<string> {
  const url = await createRole('path', 'create')
  const role = new URL(url).username
  await database.sql.unsafe(`alter role ${role} set search_path = ${path}; grant create on database
    ${new URL(database.url).pathname.slice(1)} to ${role}`)
  return url
}

async function createSchema(name: string, url: string): Promise<void> {
  await database.sql.unsafe(`create schema "${name}" authorization ${new URL(url).username}`)
}

describe('the schema of the tables', () => {
  it.each(['app', 'App 1'])('is the first of the search path: %s', async (schema) => {
    const url = await createPath(`"${schema}"`)
    await createSchema(schema, url)
    await migrateDatabase(optionsOf(url))
    expect(await listTables(schema)).toEqual(OURS)
    expect(await listTables()).toEqual([])
    const foreign = await database.sql`
      select from pg_constraint where contype = 'f' and confrelid::regclass::text not like ${`%${schema}%`}`
    expect(foreign).toEqual([])
    expect(await isReady(url)).toBe(true)
  })

  it('lets two Latchkeys live in one database: each has its own tables, users and mail queue', async () => {
    const urls = [database.url, await createPath('second')] as const
    await createSchema('second', urls[1])
    const mail = {
      mode: 'dev',
      smtpUrl: null,
      from: 'a@b.test',
      mailboxDir: '/tmp',
      templatesDir: null,
    } as const
    const [first, second] = await Promise.all(
      urls.map((url) => createTestCore({ database: { ...database, url }, mail })),
    )
    if (!first || !second) throw new Error('Both were created.')
    try {
      await signUp(first.ctx, 'ada@example.com')
      await signUp(second.ctx, 'ada@example.com')
      expect(await database.sql`select from public.users union all select from second.users`).toHaveLength(2)
      const queues =
        await database.sql`select nspname from pg_namespace where nspname like '%mail%' order by 1`
      expect(queues.map(({ nspname }) => nspname)).toEqual(['latchkey_mail', 'latchkey_mail_second'])
    } finally {
      await Promise.all([first.close(), second.close()])
    }
  })

  it('is refused when only a later schema of the search path has the tables of a Latchkey', async () => {
    await migrateDatabase(optionsOf())
    const url = await createPath('fresh, public')
    await createSchema('fresh', url)
    await expect(migrateDatabase(optionsOf(url))).rejects.toThrow(
      'The search_path begins with the schema fresh, and the tables of a Latchkey are in its later schema public.',
    )
    expect(await listTables('fresh')).toEqual([])
  })

  it('is refused likewise when those tables are of the first release', async () => {
    await migrateAsFirstRelease(database.sql)
    const url = await createPath('fresh, public')
    await createSchema('fresh', url)
    await database.sql.unsafe(`grant usage on schema drizzle to ${new URL(url).username};
      grant select on drizzle.__drizzle_migrations to ${new URL(url).username}`)
    await expect(migrateDatabase(optionsOf(url))).rejects.toThrow('are in its later schema public')
  })

  it('must exist', async () => {
    await expect(migrateDatabase(optionsOf(await createPath('nowhere')))).rejects.toThrow(
      'The search_path (nowhere) names no schema that exists',
    )
  })

  it('must be open to the role, and the refusal has the statement that opens it', async () => {
    const url = await createPath('barred')
    const { username: role } = new URL(url)
    await database.sql.unsafe(`create schema barred; revoke all on schema barred from ${role}`)
    await expect(migrateDatabase(optionsOf(url))).rejects.toThrow(
      `The role ${role} may not use the schema barred of its search_path: GRANT USAGE ON SCHEMA barred TO ${role}.`,
    )
  })

  it('that has our tables must be open to the role, also when the search path has another schema', async () => {
    const url = await createPath('barred, public')
    const { username: role } = new URL(url)
    await database.sql.unsafe(`create schema barred; create table barred.latchkey_migrations ();
      grant usage, create on schema public to ${role}`)
    await expect(migrateDatabase(optionsOf(url))).rejects.toThrow(`GRANT USAGE ON SCHEMA barred TO ${role}.`)
    expect(await listTables()).toEqual([])
  })
})

describe('a role that may only read and write rows', () => {
  const mail = {
    mode: 'dev',
    smtpUrl: null,
    from: 'a@b.test',
    mailboxDir: '/tmp',
    templatesDir: null,
  } as const

  it('starts and works on a database that another role has migrated', async () => {
    const owner = await createTestCore({ database, mail })
    await owner.core.close()
    const url = await createRole('rows', 'usage')
    const role = new URL(url).username
    // The statements of the guide.
    await database.sql.unsafe(`
      grant usage on schema public, latchkey_mail to ${role};
      grant select, insert, update, delete on all tables in schema public, latchkey_mail to ${role}`)
    for (const migrateOnStart of [true, false]) {
      const logged: string[] = []
      const log = pino({}, { write: (line: string) => void logged.push(line) })
      const test = await createTestCore({ database: { ...database, url }, mail, migrateOnStart, log })
      try {
        await test.core.startMail()
        await signUp(test.ctx)
        expect(await test.core.isReady()).toBe(true)
        expect(logged).toEqual([])
      } finally {
        await test.core.close()
      }
    }
  })

  it('does not start while it may not use one of the tables, such as one that a migration has added', async () => {
    await migrateDatabase(optionsOf())
    const url = await createRole('few', 'usage')
    const role = new URL(url).username
    await database.sql.unsafe(`
      grant select, insert, update, delete on all tables in schema public to ${role};
      revoke all on capabilities from ${role}; revoke insert, delete on users from ${role}`)
    await expect(createTestCore({ database: { ...database, url } })).rejects.toThrow(
      `The role ${role} may not use every table of Latchkey (capabilities: SELECT, INSERT, UPDATE, DELETE; users: INSERT, DELETE): ` +
        `GRANT SELECT, INSERT, UPDATE, DELETE ON public.capabilities, public.users TO ${role}.`,
    )
  })

  it('does not start while it may not read the notes of the migrations, and is told the statement', async () => {
    await migrateDatabase(optionsOf())
    const url = await createRole('noteless', 'usage')
    const role = new URL(url).username
    await database.sql.unsafe(`
      grant select, insert, update, delete on all tables in schema public to ${role};
      revoke all on latchkey_migrations from ${role}`)
    const start = createTestCore({ database: { ...database, url }, migrateOnStart: false })
    await expect(start).rejects.toThrow(
      `The role ${role} may not read the notes of the migrations: GRANT SELECT ON public.latchkey_migrations TO ${role}.`,
    )
  })

  it('does not start while it may not use the mail queue, and is told the statements', async () => {
    const owner = await createTestCore({ database, mail })
    await owner.core.close()
    const url = await createRole('mailless', 'usage')
    const role = new URL(url).username
    await database.sql.unsafe(
      `grant select, insert, update, delete on all tables in schema public to ${role}`,
    )
    const start = () => createTestCore({ database: { ...database, url }, mail, migrateOnStart: false })
    const statements = `GRANT USAGE ON SCHEMA latchkey_mail TO ${role}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA latchkey_mail TO ${role}`
    await expect(start()).rejects.toThrow(`The role ${role} may not use the mail queue: ${statements}.`)
    await database.sql.unsafe(statements)
    await (await start()).close()
  })

  it('does not start while a table is missing that the migrations have made', async () => {
    await migrateDatabase(optionsOf())
    await database.sql`drop table provider_attempts`
    await expect(createTestCore({ database })).rejects.toThrow(
      'The schema public lacks tables that its migrations have made (provider_attempts): something has removed them; restore them from a backup.',
    )
  })

  it('does not start while it may not give new users the id that other services know', async () => {
    await migrateDatabase(optionsOf())
    const url = await createRole('few', 'usage')
    const role = new URL(url).username
    await database.sql.unsafe(`
      grant select, insert, update, delete on all tables in schema public to ${role};
      create sequence users_external_id`)
    await expect(createTestCore({ database: { ...database, url } })).rejects.toThrow(
      `The role ${role} may not give new users an id for other services: GRANT USAGE ON SEQUENCE public.users_external_id TO ${role}.`,
    )
  })

  it('does not start with MIGRATE_ON_START=false on a database that is not migrated', async () => {
    const start = () => createTestCore({ database, mail, migrateOnStart: false })
    await expect(start()).rejects.toThrow('0000_accounts_and_sessions')
    await expect(start()).rejects.toThrow('MIGRATE_ON_START is false: run latchkey migrate')
    expect(await listTables()).toEqual([])
    await migrateDatabase(optionsOf())
    await expect(start()).rejects.toThrow(
      'The mail queue (schema latchkey_mail) is not set up for this release',
    )
  })
})
