import { refreshSession } from '@latchkey/core/operations/auth/refresh-session'
import { createTestCore, signUp, waitUntil } from '@latchkey/testkit'
import type { ExplainedDatabase } from './explained-database.ts'

const PEOPLE = 30
const REFRESHES = 20

interface Updates {
  all: number
  hot: number
}

/**
 * Refreshes sessions many times, with a key and without one, in time and late, in a PostgreSQL that nobody else uses: a transaction elsewhere would keep former rows.
 *
 * @returns how many rows the refreshes wrote, and how many of them without touching an index
 */
export async function refreshOften(database: ExplainedDatabase): Promise<Updates> {
  const before = await readUpdates(database)
  const test = await createTestCore({ database, config: { refreshGraceSeconds: 0 } })
  for (let n = 0; n < PEOPLE; n++) {
    let { tokens } = await signUp(test.ctx)
    for (let refresh = 0; refresh < REFRESHES; refresh++) {
      const sent = { refresh: tokens.refresh, idempotencyKey: refresh % 2 === 0 ? null : crypto.randomUUID() }
      tokens = await refreshSession(test.ctx, sent)
      // Without a grace this retry is late.
      if (sent.idempotencyKey) tokens = await refreshSession(test.ctx, sent)
    }
  }
  // A connection tells what it has counted when it closes.
  await test.core.close()
  const read = async () => {
    const { all, hot } = await readUpdates(database)
    return { all: all - before.all, hot: hot - before.hot }
  }
  await waitUntil(async () => (await read()).all >= PEOPLE * REFRESHES, 'every update to be counted')
  return read()
}

async function readUpdates({ sql }: ExplainedDatabase): Promise<Updates> {
  const [row] = await sql<Updates[]>`
    select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'sessions'`
  return row ?? { all: 0, hot: 0 }
}
