import { flag, integer } from './readers.ts'
import { type SettingsOf, setting } from './setting.ts'

/** The variables of the database connection. */
export const databaseVariables = {
  DATABASE_URL: setting({
    expected: 'a PostgreSQL URL such as postgres://user:password@host:5432/database',
    read: readDatabaseUrl,
  }),
  DATABASE_POOL_SIZE: integer({ min: 1, max: 1000 }),
  DATABASE_PREPARE: flag(),
}

/** The settings of {@link databaseVariables}, with their defaults. */
export function databaseConfig(env: SettingsOf<typeof databaseVariables>) {
  return {
    /** Null means the embedded database. */
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE ?? 10,
    databasePrepare: env.DATABASE_PREPARE ?? true,
  }
}

function readDatabaseUrl(text: string): string | undefined {
  return /^postgres(?:ql)?:\/\/./.test(text) && URL.canParse(text) ? text : undefined
}
