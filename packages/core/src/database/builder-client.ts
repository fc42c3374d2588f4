import type postgres from 'postgres'
import { type Pool, PREPARED } from './pool.ts'

type Values = postgres.ParameterOrJSON<never>[]

/** A statement that is sent when it is awaited, or asked for its rows as lists. */
interface Statement extends PromiseLike<unknown> {
  values(): PromiseLike<unknown>
}

/** Everything that the query builder calls of the driver's handle. The test "asks for nothing else" holds it. */
export interface BuilderClient {
  /** The builder sets here what `driver-types.ts` says already. */
  options: { parsers: object; serializers: object }
  unsafe(text: string, values: Values): Statement
  begin(work: (tx: BuilderTransaction) => Promise<unknown>): Promise<unknown>
}

/** Everything that the query builder calls within a transaction. */
export interface BuilderTransaction {
  unsafe(text: string, values: Values): Statement
  savepoint(work: (tx: BuilderTransaction) => Promise<unknown>): Promise<unknown>
}

/** BEGIN names the isolation. So it costs no round trip, and no default of the database changes it. */
const BEGIN = 'isolation level read committed'

/** Makes the client that the query builder sends by: over the pool in use, prepared, with a deadline. */
export function createBuilderClient({ limit }: Pick<Pool, 'limit'>): BuilderClient {
  return {
    options: { parsers: {}, serializers: {} },
    unsafe: (text, values) => ({
      values: () => limit((client) => client.unsafe(text, values, PREPARED).values()),
      // biome-ignore lint/suspicious/noThenProperty: the driver's statements, too, are sent when they are awaited.
      then: (...on) => limit((client) => client.unsafe(text, values, PREPARED)).then(...on),
    }),
    begin: (work) => limit((client) => client.begin(BEGIN, (tx) => work(wrapTransaction(tx)))),
  }
}

/** The deadline is that of the whole transaction: its statements have none of their own. */
function wrapTransaction(tx: postgres.TransactionSql): BuilderTransaction {
  return {
    unsafe: (text, values) => tx.unsafe(text, values, PREPARED),
    savepoint: (work) => tx.savepoint((inner) => work(wrapTransaction(inner))),
  }
}
