import type { ConstructorOptions } from 'pg-boss'
import type postgres from 'postgres'
import type { Sender } from '../../database/pool.ts'

/** What pg-boss asks of a database. */
type QueueDatabase = NonNullable<ConstructorOptions['db']>

const TRANSACTION = /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/

/**
 * Lets pg-boss use our pool.
 *
 * It sends whole transactions as one text. Over a pool the driver refuses those, so they run in a transaction of
 * the driver's, which rolls back and gives the connection back whatever happens to it. The test "is understood when
 * it installs, sends, fetches, settles, retries and cleans up" names any other kind of statement it comes to send.
 */
export function createQueueDatabase(sql: Sender): QueueDatabase {
  return {
    async executeSql(text, values) {
      const body = TRANSACTION.exec(text)?.[1]
      const result = body
        ? await sql.begin((tx) => tx.unsafe(body))
        : // An empty list would choose the extended protocol, which takes one statement only.
          await (values?.length
            ? sql.unsafe(text, values as postgres.ParameterOrJSON<never>[])
            : sql.unsafe(text))
      // Of several statements the driver answers a list of lists.
      return { rows: [...result].flat() }
    },
  }
}
