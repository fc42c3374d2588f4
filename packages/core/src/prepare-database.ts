import { type DatabaseOptions, openClient } from './database/connection.ts'
import { checkDatabase, describeWaiting, migrateDatabase, type Report } from './database/migrate.ts'
import { readMigrations } from './database/migrations.ts'
import { createUnlimitedSender, type Sender } from './database/sender.ts'
import { closeClient } from './database/single-connection.ts'
import { describeTrouble, installQueue, QUEUES } from './services/mail/queue.ts'
import { findQueueSchema, readQueueState } from './services/mail/queue-schema.ts'

/** Setting up the queue takes one connection. The queue then runs its slow statements over another one. */
const POOL_SIZE = 2

/**
 * Brings the tables and the mail queue up to date, as a start does. The servers can then run with a role that may only
 * read and write rows.
 *
 * @param report - hears each sentence that the operator should know
 * @throws {MigrationError} when a migration fails; the migrations before it stay
 * @throws when the database does not answer, or the queue cannot be set up
 */
export async function prepareDatabase(options: DatabaseOptions, report: Report): Promise<void> {
  await migrateDatabase(options, report)
  await withSender(options, (sql) =>
    installQueue({
      sql,
      complain: (trouble) => report(`The mail queue reports: ${describeTrouble(trouble)}`),
    }),
  )
}

/** How a database stands to this build. */
export interface Preparation {
  /** Whether no migration has been made yet. */
  isEmpty: boolean
  /** What {@link prepareDatabase} would do, in words. */
  waiting: string[]
  /** The names of migrations that a newer release has made. */
  unknown: string[]
}

/** Reads how the database stands. It changes nothing. */
export async function readPreparation(options: DatabaseOptions): Promise<Preparation> {
  const tables = await checkDatabase(options)
  const waiting = describeWaiting(tables)
  return withSender(options, async (sql) => {
    const schema = await findQueueSchema(sql)
    const state = await readQueueState(sql, schema, QUEUES)
    const isReady = state === 'current' || state === 'newer'
    return {
      isEmpty: tables.waiting.length === readMigrations().length,
      waiting: isReady ? waiting : [...waiting, `the mail queue (schema ${schema})`],
      unknown: tables.unknown,
    }
  })
}

/** An index takes as long as its table is large, so nothing here is given up. */
async function withSender<T>(options: DatabaseOptions, work: (sql: Sender) => Promise<T>): Promise<T> {
  const client = openClient({ ...options, poolSize: POOL_SIZE })
  try {
    return await work(createUnlimitedSender(client))
  } finally {
    await closeClient(client)
  }
}
