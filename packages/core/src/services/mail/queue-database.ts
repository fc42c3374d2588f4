import type { ConstructorOptions } from 'pg-boss'
import type postgres from 'postgres'
import type { Sender } from '../../database/sender.ts'

type QueueDatabase = NonNullable<ConstructorOptions['db']>

const TRANSACTION = /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/

/**
 * Lets pg-boss use our pool.
 *
 * pg-boss sends a whole transaction as one text, and over a pool the driver refuses that. So the text runs in a
 * transaction of the driver, which rolls back after a failure and always returns the connection.
 * `queue-database.test.ts` fails when a new version of pg-boss sends another kind of statement.
 */
export function createQueueDatabase(sql: Sender): QueueDatabase {
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
