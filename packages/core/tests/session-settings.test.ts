import {
  createTestCore,
  createTestDatabase,
  logIn,
  signUp,
  startPgBouncer,
  type TestDatabase,
  type TestPgBouncer,
} from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { openDatabase } from '../src/database/connection.ts'
import { migrateDatabase } from '../src/database/migrate.ts'
import { CHECKED, PINNED } from '../src/database/session-settings.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { listSecurityEvents } from '../src/operations/security/list-security-events.ts'
import { listSessions } from '../src/operations/sessions/list-sessions.ts'
import { getUser } from '../src/operations/staff/get-user.ts'
import { authenticate } from '../src/steps/authenticate.ts'

/** A value of each setting that changes what a statement reads, writes or waits for. */
const HOSTILE: Record<string, string> = {
  DateStyle: 'SQL, DMY',
  IntervalStyle: 'sql_standard',
  TimeZone: 'America/Caracas',
  extra_float_digits: '-15',
  bytea_output: 'escape',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  exit_on_error: 'on',
  default_transaction_isolation: 'serializable',
  statement_timeout: '1ms',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
  idle_session_timeout: '1ms',
  transaction_timeout: '1ms',
  session_replication_role: 'replica',
  default_transaction_read_only: 'on',
  client_encoding: 'LATIN1',
}

/** Settings of the same chapters of PostgreSQL's manual that no statement of ours depends on. */
const HARMLESS = [
  // Where rows lie and how they are compressed.
  ...['default_table_access_method', 'default_tablespace', 'temp_tablespaces', 'default_toast_compression'],
  // What maintenance and functions of others do.
  ...['vacuum_failsafe_age', 'vacuum_freeze_min_age', 'vacuum_freeze_table_age'],
  ...[
    'vacuum_multixact_failsafe_age',
    'vacuum_multixact_freeze_min_age',
    'vacuum_multixact_freeze_table_age',
  ],
  ...['check_function_bodies', 'event_triggers', 'gin_pending_list_limit', 'createrole_self_grant'],
  // Every BEGIN starts from the default of these.
  ...[
    'transaction_isolation',
    'transaction_read_only',
    'transaction_deferrable',
    'default_transaction_deferrable',
  ],
  // Row security, XML, full text, words of months and sums of money do not occur.
  ...['row_security', 'xmlbinary', 'xmloption', 'default_text_search_config', 'timezone_abbreviations'],
  ...['lc_monetary', 'lc_numeric', 'lc_time', 'icu_validation_level', 'restrict_nonsystem_relation_kind'],
  // The language and the number of messages. Failures are told apart by their codes.
  ...[
    'lc_messages',
    'client_min_messages',
    'escape_string_warning',
    'backslash_quote',
    'quote_all_identifiers',
  ],
  // The schema is that of the role. The tables of an older application, and the order of rows without ORDER BY.
  ...['search_path', 'lo_compat_privileges', 'synchronize_seqscans', 'operator_precedence_warning'],
]

const CHAPTERS = [
  'Client Connection Defaults / Statement Behavior',
  'Client Connection Defaults / Locale and Formatting',
  'Version and Platform Compatibility / Previous PostgreSQL Versions',
  'Version and Platform Compatibility / Other Platforms and Clients',
  'Version and Platform Compatibility / Previous PostgreSQL Version',
  'Error Handling',
]

/** Changes the database under test, whose own new connections may be unusable. */
let admin: TestDatabase
let database: TestDatabase
let name: string
beforeAll(async () => {
  admin = await createTestDatabase({ empty: true })
})
afterAll(() => admin.drop())
beforeEach(async () => {
  database = await createTestDatabase()
  name = new URL(database.url).pathname.slice(1)
})
afterEach(() => database.drop())

/** The settings that this PostgreSQL lets a role have. */
async function listSettable(): Promise<string[]> {
  const rows = await admin.sql`
    select name from pg_settings where category = any(${CHAPTERS}) and context in ('user', 'superuser')`
  return rows.map((row) => row.name)
}

async function setForDatabase(settings: Record<string, string>): Promise<void> {
  const known = await listSettable()
  for (const [setting, value] of Object.entries(settings)) {
    if (known.includes(setting)) await admin.sql.unsafe(`alter database ${name} set ${setting} = '${value}'`)
  }
}

/** A sign-up, two sign-ins, a refresh and everything that a caller and staff can read of it. */
async function tour(ctx: Context) {
  const person = await signUp(ctx)
  await logIn(ctx, person)
  const { access } = await refreshSession(ctx, await logIn(ctx, person))
  return { access, userId: person.userId }
}

async function readAll(ctx: Context, { access, userId }: { access: string; userId: string }) {
  const identity = await authenticate(ctx, access)
  return {
    sessions: await listSessions(ctx, { identity }),
    events: await listSecurityEvents(ctx, { identity, page: { limit: 50, cursor: null } }),
    user: await getUser(ctx, { userId }),
  }
}

describe('what a role or a database has set', () => {
  it('is known: each setting of PostgreSQL is pinned, checked or without an effect', async () => {
    const decided = [...Object.keys(PINNED), ...Object.keys(CHECKED), ...HARMLESS]
    expect((await listSettable()).filter((setting) => !decided.includes(setting))).toEqual([])
    expect(Object.keys(HOSTILE).sort()).toEqual([...Object.keys(PINNED), ...Object.keys(CHECKED)].sort())
  })

  it('changes nothing of what is written and read, where the server sets it for itself', async () => {
    const pinned = Object.fromEntries(Object.keys(PINNED).map((setting) => [setting, HOSTILE[setting] ?? '']))
    await setForDatabase({ ...pinned, client_encoding: 'LATIN1' })
    const hostile = await createTestCore({ database })
    const visit = await tour(hostile.ctx)
    const seen = await readAll(hostile.ctx, visit)
    await hostile.close()
    await admin.sql.unsafe(`alter database ${name} reset all`)
    const usual = await createTestCore({ database })
    expect(await readAll(usual.ctx, visit)).toEqual(seen)
    await usual.close()
  })

  it.each(['session_replication_role', 'default_transaction_read_only'])(
    'is told before anything is migrated, where it is another %s',
    async (setting) => {
      await setForDatabase({ [setting]: HOSTILE[setting] ?? '' })
      const value = CHECKED[setting]
      await expect(migrateDatabase({ url: database.url, poolSize: 2, prepare: true })).rejects.toThrow(
        `The database's ${setting} is "${HOSTILE[setting]}"; set it to "${value}" for this role: alter role latchkey in database ${name} set ${setting} = '${value}'.`,
      )
    },
  )

  it.each(['LATIN1', 'SQL_ASCII'])('is told where the encoding is %s', async (encoding) => {
    const other = `${name}_${encoding.toLowerCase()}`
    await admin.sql.unsafe(
      `create database ${other} template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`,
    )
    const url = Object.assign(new URL(database.url), { pathname: `/${other}` }).href
    await expect(migrateDatabase({ url, poolSize: 2, prepare: true })).rejects.toThrow(
      `The encoding of the database is ${encoding}, which cannot store every name`,
    )
    await admin.sql.unsafe(`drop database ${other} with (force)`)
  })
})

describe('behind PgBouncer in transaction mode', () => {
  let pooler: TestPgBouncer
  beforeEach(async () => {
    pooler = await startPgBouncer(database.url, { poolSize: 2 })
  })
  afterEach(() => pooler.close())

  it('the settings that it follows are set, and everything is read as without it', async () => {
    const followed = {
      DateStyle: 'SQL, DMY',
      TimeZone: 'America/Caracas',
      standard_conforming_strings: 'off',
    }
    await setForDatabase({ ...followed, client_encoding: 'LATIN1' })
    const options = { url: pooler.url, poolSize: 2, prepare: false }
    await migrateDatabase(options)
    const { db, close } = openDatabase(options)
    for (const setting of Object.keys(followed)) {
      const [row] = await db.execute(sql`select current_setting(${setting}) as value`)
      expect(row?.value).toBe(PINNED[setting])
    }
    const direct = await createTestCore({ database })
    const pooled = { ...direct.ctx, db }
    const visit = await tour(pooled)
    expect(await readAll(pooled, visit)).toEqual(await readAll(direct.ctx, visit))
    await direct.close()
    await close()
  })

  it('each other setting is told, with the statement that mends it', async () => {
    const followed = ['DateStyle', 'TimeZone', 'standard_conforming_strings', 'client_encoding']
    const known = await listSettable()
    const others = Object.keys(HOSTILE).filter(
      (setting) => known.includes(setting) && !followed.includes(setting),
    )
    const harmless = ['statement_timeout', 'transaction_timeout', 'idle_session_timeout', 'exit_on_error']
    await setForDatabase(Object.fromEntries(others.map((setting) => [setting, HOSTILE[setting] ?? ''])))
    for (const setting of harmless.filter((one) => known.includes(one))) {
      // So short a timeout would end the question too.
      await admin.sql.unsafe(
        `alter database ${name} set ${setting} = ${setting === 'exit_on_error' ? 'on' : "'4s'"}`,
      )
    }
    const error = await migrateDatabase({ url: pooler.url, poolSize: 2, prepare: false }).catch(String)
    for (const setting of others) {
      const wanted = PINNED[setting] ?? CHECKED[setting]
      expect(error).toContain(`alter role latchkey in database ${name} set ${setting} = '${wanted}'.`)
    }
  })

  it('a server that was told nothing of the pooler says which setting to change', async () => {
    await expect(migrateDatabase({ url: pooler.url, poolSize: 2, prepare: true })).rejects.toThrow(
      /^A pooler stands before the database and says "unsupported startup parameter: \w+"; set DATABASE_PREPARE=false/,
    )
  })
})
