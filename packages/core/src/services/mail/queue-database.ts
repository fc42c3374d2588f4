import type { ConstructorOptions } from 'pg-boss'
import type postgres from 'postgres'

/** The database as pg-boss wants it. */
type QueueDatabase = NonNullable<ConstructorOptions['db']>

const TRANSACTION = /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/

/**
 * Lets pg-boss use our pool.
 *
 * It sends whole transactions as one text. Over a pool the driver refuses those, so they run in a transaction of
 * the driver's, which rolls back and gives the connection back whatever happens to it.
 */
export function createQueueDatabase(sql: postgres.Sql): QueueDatabase {
  return {
    async executeSql(text, values) {
      const body = TRANSACTION.exec(text)?.[1]
      const result = body
        ? await sql.begin((tx) => tx.unsafe(body))
        : // An empty list would choose the extended protocol, which accepts a single statement only.
          await (values?.length
            ? sql.unsafe(text, values as postgres.ParameterOrJSON<never>[])
            : sql.unsafe(text))
      // For several statements the driver returns a list of lists.
      return { rows: [...result].flat() }
    },
  }
}
