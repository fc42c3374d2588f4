import postgres from 'postgres'
import { describeAddress, readDatabaseUrl } from '../database/database-address.ts'
import { describeDriver } from '../database/driver-options.ts'
import { DatabaseUrlError } from '../database/url-mistakes.ts'
import { SourceError } from './source-error.ts'

/** One state of a source's database. Each statement sees this state, whatever is written meanwhile. */
export interface Snapshot {
  /** Runs one statement, for few rows. */
  read<Row extends object>(statement: string, values?: (string | null)[]): Promise<Row[]>
  /** Runs one statement for any number of rows, in batches of 1,000. */
  stream<Row extends object>(statement: string): AsyncIterable<Row[]>
  close(): Promise<void>
}

const BATCH = 1000

/**
 * What the transaction is told. A cursor is planned for all of its rows. A policy that hides rows is an error, so that no
 * user is missing in silence.
 */
const SETTINGS = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  cursor_tuple_fraction: '1',
  row_security: 'off',
}

/**
 * Opens a snapshot of another deployment's database. It reads and never writes.
 *
 * @param url - like `DATABASE_URL`
 * @param variable - the setting that has the URL, for a message
 * @throws {SourceError} the URL is malformed; the database does not answer, or refuses a statement
 */
export async function openSnapshot(url: string, variable: string): Promise<Snapshot> {
  const address = readAddress(url, variable)
  const options = describeDriver(address, { poolSize: 1, prepare: false })
  // The driver would end an idle connection after its lifetime, and the snapshot with it.
  const sql = postgres({ ...options, max_lifetime: null })
  let cursors = 0
  let failure: SourceError | undefined

  async function read<Row extends object>(statement: string, values: (string | null)[] = []): Promise<Row[]> {
    // An error ends the transaction. The driver would open a new connection, which sees a later state.
    if (failure) throw failure
    try {
      return [...(await sql.unsafe<Row[]>(statement, values))]
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'error'
      const place = `${describeAddress(address)}, from ${variable}`
      failure = new SourceError(`The database of the source (${place}) does not give its rows: ${reason}`, {
        cause,
      })
      throw failure
    }
  }

  async function* stream<Row extends object>(statement: string): AsyncGenerator<Row[]> {
    const cursor = `latchkey_${++cursors}`
    await read(`declare ${cursor} no scroll cursor for ${statement}`)
    try {
      for (;;) {
        const rows = await read<Row>(`fetch ${BATCH} from ${cursor}`)
        if (rows.length > 0) yield rows
        if (rows.length < BATCH) return
      }
    } finally {
      // After an error the cursor is gone already.
      if (!failure) await read(`close ${cursor}`)
    }
  }

  // A connection that was lost between two statements never says to the driver that it has ended.
  const close = () => sql.end(failure ? { timeout: 0 } : {})

  try {
    await read('begin isolation level repeatable read read only')
    for (const [name, value] of Object.entries(SETTINGS)) await read(`set local ${name} = ${value}`)
  } catch (error) {
    await close()
    throw error
  }
  return { read, stream, close }
}

function readAddress(url: string, variable: string) {
  try {
    return readDatabaseUrl(url)
  } catch (error) {
    throw error instanceof DatabaseUrlError
      ? new SourceError(`The URL in ${variable} ${error.message}.`, { cause: error })
      : error
  }
}

/** Quotes the name of a table or a column. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
