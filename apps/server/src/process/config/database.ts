import { resolve } from 'node:path'
import { DatabaseUrlError, readDatabaseUrl } from '@latchkey/core'
import { z } from 'zod'
import { flag, integer } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const databaseVariables = {
  DATABASE: documented(setting({ expected: 'embedded, or not set', read: readDatabase }), {
    default: 'embedded in development',
    meaning: '`embedded` is a private PostgreSQL in `DATA_DIR`, for one machine',
  }),
  DATABASE_URL: documented(z.string().transform(checkDatabaseUrl).optional(), {
    default: '–',
    meaning:
      '`postgres://user:password@host:5432/database`, see [below](#database_url); required in production, or `DATABASE=embedded` in its place',
    secret: true,
  }),
  DATABASE_POOL_SIZE: documented(integer({ min: 1, max: 1000 }), {
    default: '`10`',
    meaning: 'connections held at most',
  }),
  DATABASE_PREPARE: documented(flag(), {
    default: '`true`',
    meaning: '`false` behind PgBouncer in transaction mode',
  }),
  MIGRATE_ON_START: documented(flag(), {
    default: '`true`',
    meaning:
      '`false`: a start changes no table, and fails while a migration waits; run `latchkey migrate` with the role that owns the tables',
  }),
  DATA_DIR: documented(
    setting({
      expected: 'the path of a folder',
      read: (text) => (text.includes('\0') ? undefined : resolve(text)),
    }),
    {
      default: '`.data`',
      meaning: 'the private database and, in development, the secret key and the mailbox',
    },
  ),
}

/** The settings of {@link databaseVariables}, with their defaults. */
export function databaseConfig(env: SettingsOf<typeof databaseVariables>) {
  return {
    /** Null means the embedded database. */
    databaseUrl: env.DATABASE_URL ?? null,
    /** Whether the operator named the embedded database, so that it is no accident. */
    embeddedChosen: env.DATABASE === 'embedded',
    databasePoolSize: env.DATABASE_POOL_SIZE ?? 10,
    databasePrepare: env.DATABASE_PREPARE ?? true,
    migrateOnStart: env.MIGRATE_ON_START ?? true,
    dataDir: env.DATA_DIR ?? resolve('.data'),
  }
}

/** Finds the two settings that name different databases. */
export function findDatabaseFaults(config: ReturnType<typeof databaseConfig>): string[] {
  if (!config.embeddedChosen || config.databaseUrl === null) return []
  return ['DATABASE must not be embedded beside DATABASE_URL: remove one of the two']
}

function readDatabase(text: string): 'embedded' | undefined {
  return text === 'embedded' ? text : undefined
}

/** Reads a URL of PostgreSQL. The mistake is a sentence of its own, since the reader knows the part that is wrong. */
export function checkDatabaseUrl(text: string, check: z.RefinementCtx): string {
  try {
    readDatabaseUrl(text.trim())
  } catch (error) {
    if (!(error instanceof DatabaseUrlError)) throw error
    check.addIssue({ code: 'custom', message: error.message })
  }
  return text.trim()
}

/** Variables of PostgreSQL's own clients. Several of them changed the connection once, so they are worth a warning. */
const CLIENT_VARIABLES =
  /^PG(?:HOST|HOSTADDR|PORT|DATABASE|USER|USERNAME|PASSWORD|PASSFILE|SERVICE|OPTIONS|APPNAME|SSL\w*|CHANNELBINDING|CONNECT_TIMEOUT|TARGETSESSIONATTRS)$/

/**
 * Warns about variables of PostgreSQL's own clients, which this server does not read.
 *
 * @param names - the variables of the environment
 */
export function findDatabaseWarnings(databaseUrl: string | null, names: string[]): string[] {
  const unread = databaseUrl ? names.filter((name) => CLIENT_VARIABLES.test(name)).sort() : []
  if (unread.length === 0) return []
  return [`DATABASE_URL alone says how the database is reached; without effect: ${unread.join(', ')}`]
}
