import type postgres from 'postgres'
import { limitStatements, STATEMENT_DEADLINE_MILLISECONDS, withDeadline } from './deadline.ts'

/** A pool that outlives a database which fell silent. */
export interface Pool {
  /** The driver's handle, waiting as long as it takes: for migrations and the mail queue. */
  sql: postgres.Sql
  /** The same for operations: it gives up on a statement or a transaction after some seconds. */
  limited: postgres.Sql
  close(): Promise<void>
}

const CLOSE_TIMEOUT_SECONDS = 5
const CLOSE_DEADLINE_MILLISECONDS = 7000

/** Keeps a pool and replaces a silent one: the driver waits for ever, and cannot drop one connection. */
export function keepPool(open: () => postgres.Sql): Pool {
  let current = open()
  let answeredAt = performance.now()
  const retired = new Set<Promise<void>>()

  function replace(): void {
    const ending = end(current).finally(() => retired.delete(ending))
    retired.add(ending)
    current = open()
    answeredAt = performance.now()
  }

  async function watch<T>(work: PromiseLike<T>): Promise<T> {
    const pool = current
    let isAnswered = true
    try {
      return await withDeadline(work, STATEMENT_DEADLINE_MILLISECONDS)
    } catch (error) {
      isAnswered = !(error instanceof Error && error.name === 'DatabaseSilence')
      const isSilent = performance.now() - answeredAt >= STATEMENT_DEADLINE_MILLISECONDS
      if (!isAnswered && isSilent && pool === current) replace()
      throw error
    } finally {
      if (isAnswered && pool === current) answeredAt = performance.now()
    }
  }

  const sql = new Proxy((() => undefined) as unknown as postgres.Sql, {
    apply: (_target, _self, args) => Reflect.apply(current, undefined, args),
    get: (_target, name) => Reflect.get(current, name),
  })
  return {
    sql,
    limited: limitStatements(sql, watch),
    close: async () => {
      await Promise.all([end(current), ...retired])
    },
  }
}

/** Lets what runs finish, and waits no longer than that takes at most. */
async function end(client: postgres.Sql): Promise<void> {
  const ending = client.end({ timeout: CLOSE_TIMEOUT_SECONDS })
  await withDeadline(ending, CLOSE_DEADLINE_MILLISECONDS).catch(() => undefined)
}
