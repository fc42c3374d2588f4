import { resolve } from 'node:path'
import { flag, integer } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

/**
 * The parameters that the driver understands. It sends other parameters to PostgreSQL, which refuses every connection.
 */
const PARAMETERS = new Set(['sslmode', 'ssl', 'sslrootcert', 'application_name', 'target_session_attrs'])

export const databaseVariables = {
  DATABASE_URL: documented(
    setting({
      expected:
        'a PostgreSQL URL such as postgres://user:password@host:5432/database, special characters percent-encoded, with no parameters but sslmode, sslrootcert, application_name and target_session_attrs',
      read: readDatabaseUrl,
    }),
    {
      default: '–',
      meaning:
        '`postgres://user:password@host:5432/database`; without it a private PostgreSQL runs in `DATA_DIR`',
    },
  ),
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
    databasePoolSize: env.DATABASE_POOL_SIZE ?? 10,
    databasePrepare: env.DATABASE_PREPARE ?? true,
    migrateOnStart: env.MIGRATE_ON_START ?? true,
    dataDir: env.DATA_DIR ?? resolve('.data'),
  }
}

function readDatabaseUrl(text: string): string | undefined {
  const url = /^postgres(?:ql)?:\/\/./.test(text) && URL.canParse(text) ? new URL(text) : null
  if (!url || ![...url.searchParams.keys()].every((name) => PARAMETERS.has(name))) return undefined
  return [url.username, url.password, url.pathname, url.search].every(isDecodable) ? text : undefined
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}
