import type { Sender } from '../../database/sender.ts'
import { findQueueSchema } from './queue-schema.ts'

/** Jobs that the queue should have deleted. */
export interface DueJobs {
  examined: number
  due: number
  /** How long the oldest of them has been due; null without one. */
  oldestDueSeconds: number | null
}

/**
 * Counts the jobs that the queue should have deleted, among so many jobs: finished ones after their time of keeping, and
 * others that nobody took.
 */
export async function countDueJobs(sql: Sender, looked: number): Promise<DueJobs> {
  const schema = await findQueueSchema(sql)
  const [row] = await sql.unsafe(
    `select count(*)::int as examined, (count(*) filter (where age >= 0))::int as due,
      max(age) filter (where age >= 0) as oldest
    from (
      select extract(epoch from now() - case
        when state < 'active' then keep_until
        when deletion_seconds > 0 then completed_on + deletion_seconds * interval '1 second' end)::float8 as age
      from ${schema}.job limit ${Math.trunc(looked)}
    ) page`,
  )
  const oldest = row?.oldest ?? null
  return {
    examined: Number(row?.examined),
    due: Number(row?.due),
    oldestDueSeconds: oldest === null ? null : Number(oldest),
  }
}
