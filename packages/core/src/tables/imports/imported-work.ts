import { desc, isNotNull } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { imports } from './schema.ts'

/** What stands before the name of a work in the counts of a run. */
export const WORK_PREFIX = 'work:'

/**
 * Counts the users that were moved in, by the work of the hash that each had then. It does not change while they sign in.
 *
 * @returns counts by the names of `workOf`, over the last run of each source
 */
export async function countImportedWork(db: Database): Promise<Map<string, number>> {
  const runs = await db
    .selectDistinctOn([imports.source], { counts: imports.counts })
    .from(imports)
    .where(isNotNull(imports.finishedAt))
    .orderBy(imports.source, desc(imports.startedAt))
  const sums = new Map<string, number>()
  for (const { counts } of runs) {
    for (const [name, count] of Object.entries(counts)) {
      if (!name.startsWith(WORK_PREFIX)) continue
      const work = name.slice(WORK_PREFIX.length)
      sums.set(work, (sums.get(work) ?? 0) + count)
    }
  }
  return sums
}
