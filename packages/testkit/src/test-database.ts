import postgres from 'postgres'
import { inject } from 'vitest'
import { waitUntil } from './smtp-sink.ts'

/** The migrated database. Every test database is a copy of it. */
export const TEMPLATE_DATABASE = 'latchkey_template'

/** The same with the tables of the mail queue, which take long to make. */
export const MAIL_TEMPLATE_DATABASE = 'latchkey_mail_template'

/** The database of one test. */
export interface TestDatabase {
  url: string
  /** The driver's handle, for a test that reads or changes rows directly. */
  sql: postgres.Sql
  /** Waits until a statement of another connection waits for a lock. */
  waitForBlocked(): Promise<void>
  drop(): Promise<void>
}

/**
 * Copies the migrated template, or makes an empty database.
 *
 * @param options.empty - true: a database without a schema
 * @param options.mail - true: the tables of the mail queue are there too
 */
export async function createTestDatabase(
  options: { empty?: boolean; mail?: boolean } = {},
): Promise<TestDatabase> {
  const templateUrl = new URL(inject('templateUrl'))
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const migrated = options.mail ? MAIL_TEMPLATE_DATABASE : TEMPLATE_DATABASE
  const template = options.empty ? 'template0' : migrated
  await administer(templateUrl, describeCopy(name, template))
  const url = Object.assign(new URL(templateUrl), { pathname: `/${name}` }).href
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  return {
    url,
    sql,
    waitForBlocked: () =>
      waitUntil(async () => {
        const blocked = await sql`
          select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        return blocked.length > 0
      }, 'a statement to wait for a lock'),
    drop: async () => {
      await sql.end()
      await administer(templateUrl, `drop database ${name} with (force)`)
    },
  }
}

/** Copies the migrated template under another name. */
export async function copyTemplate(templateUrl: string, name: string): Promise<void> {
  const sql = openAdministration(new URL(templateUrl))
  await sql.unsafe(describeCopy(name, TEMPLATE_DATABASE))
  await sql.end()
}

/** Copies files. PostgreSQL 14 knows no other way, and the other one takes twice the processor time. */
function describeCopy(name: string, template: string): string {
  const strategy = process.env.LATCHKEY_TEST_POSTGRES === '14' ? '' : 'strategy file_copy'
  return `create database ${name} template ${template} ${strategy}`
}

/** The connection by which this process makes and drops databases. It closes by itself. */
let administration: postgres.Sql | undefined

async function administer(templateUrl: URL, statement: string): Promise<void> {
  administration ??= openAdministration(templateUrl)
  await administration.unsafe(statement)
}

function openAdministration(templateUrl: URL): postgres.Sql {
  // The statements do not run on the template, because PostgreSQL cannot copy a database that has connections.
  const url = Object.assign(new URL(templateUrl), { pathname: '/postgres' }).href
  return postgres(url, { max: 2, idle_timeout: 1, prepare: false, fetch_types: false, onnotice: () => {} })
}

/** Opens one unprepared connection of a test's own to any address. The test ends it. */
export function openSql(url: string): TestDatabase['sql'] {
  return postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => {} })
}

declare module 'vitest' {
  export interface ProvidedContext {
    templateUrl: string
    /** A folder that all test files of a run share. */
    sharedFolder: string
  }
}
