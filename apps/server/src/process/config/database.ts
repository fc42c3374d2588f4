import { resolve } from 'node:path'
import { DatabaseUrlError, readDatabaseUrl } from '@latchkey/core'
import { z } from 'zod'
import { flag, integer } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const databaseVariables = {
  DATABASE_URL: documented(z.string().transform(checkDatabaseUrl).optional(), {
    default: '–',
    meaning:
      '`postgres://user:password@host:5432/database`, see [below](#database_url); without it a private PostgreSQL runs in `DATA_DIR`',
  }),
  DATABASE_POOL_SIZE: documented(integer({ min: 1, max: 1000 }), {
    default: '`10`',
    meaning: 'connections held at most',
  }),
  DATABASE_PREPARE: documented(flag(), {
    default: '`true`',
    meaning: '`false` behind PgBouncer in transaction mode',
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
    databasePoolSize: env.DATABASE_POOL_SIZE ?? 10,
    databasePrepare: env.DATABASE_PREPARE ?? true,
    dataDir: env.DATA_DIR ?? resolve('.data'),
  }
}

/** The mistake is a sentence of its own, since the reader knows the part that is wrong. */
function checkDatabaseUrl(text: string, check: z.RefinementCtx): string {
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
  return [`DATABASE_URL alone says how the database is reached; ${unread.join(', ')} have no effect`]
}
