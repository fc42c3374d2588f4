import postgres from 'postgres'
import { inject } from 'vitest'

/** The migrated database every test database is a copy of. */
export const TEMPLATE_DATABASE = 'latchkey_template'

/** A database of a test's own. */
export interface TestDatabase {
  url: string
  /** The driver's handle, to look behind the server's back. */
  sql: postgres.Sql
  drop(): Promise<void>
}

/**
 * Copies the migrated template, or makes an empty database.
 *
 * @param options.empty - without a schema
 */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const templateUrl = new URL(inject('templateUrl'))
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const template = options.empty ? 'template0' : TEMPLATE_DATABASE
  await administer(templateUrl, `create database ${name} template ${template}`)
  const url = Object.assign(new URL(templateUrl), { pathname: `/${name}` }).href
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  return {
    url,
    sql,
    drop: async () => {
      await sql.end()
      await administer(templateUrl, `drop database ${name} with (force)`)
    },
  }
}

async function administer(templateUrl: URL, statement: string): Promise<void> {
  // Not from the template itself: a database with connections cannot be copied.
  const url = Object.assign(new URL(templateUrl), { pathname: '/postgres' }).href
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    templateUrl: string
  }
}
