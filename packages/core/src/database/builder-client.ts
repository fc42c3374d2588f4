import type postgres from 'postgres'
import { type Pool, PREPARED } from './pool.ts'

type Values = postgres.ParameterOrJSON<never>[]

/** A statement that is sent when it is awaited, or asked for its rows as lists. */
interface Statement extends PromiseLike<unknown> {
  values(): PromiseLike<unknown>
}

/** All that the query builder calls of the driver's handle; the test "asks for nothing else" holds it. */
export interface BuilderClient {
  /** The builder sets here what `driver-types.ts` says already. */
  options: { parsers: object; serializers: object }
  unsafe(text: string, values: Values): Statement
  begin(work: (tx: BuilderTransaction) => Promise<unknown>): Promise<unknown>
}

/** The same within a transaction. */
export interface BuilderTransaction {
  unsafe(text: string, values: Values): Statement
  savepoint(work: (tx: BuilderTransaction) => Promise<unknown>): Promise<unknown>
}

/** Isolation is part of BEGIN: it needs no round trip of its own, and no default can change it. */
const BEGIN = 'isolation level read committed'

/** Lets the query builder send over a pool that may be replaced: prepared, and with a deadline. */
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

/** Its statements have no deadline of their own: the transaction has one. */
function wrapTransaction(tx: postgres.TransactionSql): BuilderTransaction {
  return {
    unsafe: (text, values) => tx.unsafe(text, values, PREPARED),
    savepoint: (work) => tx.savepoint((inner) => work(wrapTransaction(inner))),
  }
}
