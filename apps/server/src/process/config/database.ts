import { resolve } from 'node:path'
import { flag, integer } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

/**
 * The parameters that the driver understands. It sends other parameters to PostgreSQL, which refuses every connection.
 */
const PARAMETERS = new Set(['sslmode', 'ssl', 'sslrootcert', 'application_name', 'target_session_attrs'])

export const databaseVariables = {
  DATABASE: documented(setting({ expected: 'embedded, or not set', read: readDatabase }), {
    default: 'embedded in development',
    meaning: '`embedded` is a private PostgreSQL in `DATA_DIR`, for one machine',
  }),
  DATABASE_URL: documented(
    setting({
      expected:
        'a PostgreSQL URL such as postgres://user:password@host:5432/database, special characters percent-encoded, with no parameters but sslmode, sslrootcert, application_name and target_session_attrs',
      read: readDatabaseUrl,
    }),
    {
      default: '–',
      meaning:
        '`postgres://user:password@host:5432/database`; required in production, or `DATABASE=embedded` in its place',
      secret: true,
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
