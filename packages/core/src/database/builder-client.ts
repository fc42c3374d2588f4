import type postgres from 'postgres'
import type { Watch } from '../words/watch.ts'
import type { Lane } from './lane.ts'
import { nameStatement } from './name-statement.ts'
import { PREPARED } from './sender.ts'

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

/** Makes the client that the query builder sends by: over a lane of the pool, prepared. */
export function createBuilderClient({ alone, begin, watch }: Lane): BuilderClient {
  return {
    options: { parsers: {}, serializers: {} },
    unsafe: (text, values) => ({
      values: () => alone(text, (client) => client.unsafe(text, values, PREPARED).values()),
      // biome-ignore lint/suspicious/noThenProperty: the driver's statements, too, are sent when they are awaited.
      then: (...on) => alone(text, (client) => client.unsafe(text, values, PREPARED)).then(...on),
    }),
    begin: (work) => begin((tx) => work(wrapTransaction(tx, watch))),
  }
}

function wrapTransaction(tx: postgres.TransactionSql, watch: Watch): BuilderTransaction {
  const send = (text: string, work: () => PromiseLike<unknown>) =>
    watch.step(
      'statement',
      () => nameStatement(text),
      async () => work(),
    )
  return {
    unsafe: (text, values) => ({
      values: () => send(text, () => tx.unsafe(text, values, PREPARED).values()),
      // biome-ignore lint/suspicious/noThenProperty: the driver's statements, too, are sent when they are awaited.
      then: (...on) => send(text, () => tx.unsafe(text, values, PREPARED)).then(...on),
    }),
    savepoint: (work) => tx.savepoint((inner) => work(wrapTransaction(inner, watch))),
  }
}
