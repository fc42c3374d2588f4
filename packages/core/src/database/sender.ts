import type postgres from 'postgres'
import type { Lane } from './lane.ts'

type Rows = postgres.RowList<postgres.Row[]>

/** Sends texts over the pool, alone or in a transaction. */
export interface Sender {
  unsafe(text: string, values?: postgres.ParameterOrJSON<never>[]): Promise<Rows>
  begin(work: (tx: Pick<Sender, 'unsafe'>) => Promise<Rows>): Promise<Rows>
}

/**
 * Prepares a statement: PostgreSQL parses and plans it once per connection.
 *
 * The driver prepares an `unsafe` text only when told to, and Drizzle tells it not to (drizzle-team/drizzle-orm#6096).
 * An unprepared statement costs a second round trip and, for a rotation, three times the work in PostgreSQL. Statements
 * differ only in parameters, so they are few. A pool opened with `prepare: false` prepares none of them.
 */
export const PREPARED = { prepare: true }

/** Makes a sender over a lane of the pool. */
export function createSender({ alone, begin }: Lane): Sender {
  return {
    unsafe: (text, values) => alone(text, (client) => client.unsafe(text, values, PREPARED)),
    begin: (work) => begin((tx) => work(tx)),
  }
}

/** Makes a sender over a client of the driver. It waits for as long as a statement takes. */
export function createUnlimitedSender(client: postgres.Sql): Sender {
  return {
    unsafe: (text, values) => client.unsafe(text, values, PREPARED),
    begin: (work) => client.begin((tx) => work(tx)),
  }
}
