import { desc, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { imports } from './schema.ts'

/** A run of an import. */
export type ImportRun = typeof imports.$inferSelect

/** Notes that a run has begun to write. */
export async function insertRun(
  db: Database,
  clock: Clock,
  run: Pick<ImportRun, 'id' | 'source' | 'kind' | 'final'>,
): Promise<void> {
  await db.insert(imports).values({ ...run, startedAt: sql`${clock.now()}` })
}

/** Notes that a run has done all of its work. */
export async function finishRun(
  db: Database,
  clock: Clock,
  run: { id: string; counts: Record<string, number> },
): Promise<void> {
  await db
    .update(imports)
    .set({ finishedAt: sql`${clock.now()}`, counts: run.counts })
    .where(eq(imports.id, run.id))
}

/** Finds a run, or null. */
export async function findRun(db: Database, id: string): Promise<ImportRun | null> {
  const [row] = await db.select().from(imports).where(eq(imports.id, id))
  return row ?? null
}

/** Finds the latest run of a source, or null. */
export async function findLatestRun(db: Database, source: string): Promise<ImportRun | null> {
  const [row] = await db
    .select()
    .from(imports)
    .where(eq(imports.source, source))
    .orderBy(desc(imports.startedAt), desc(imports.id))
    .limit(1)
  return row ?? null
}

/** Lists the runs, the latest first. Operators start runs, so there are few. */
export async function listRuns(db: Database): Promise<ImportRun[]> {
  return db.select().from(imports).orderBy(desc(imports.startedAt), desc(imports.id)).limit(1000)
}

/** Takes the runs of a source back: none of them is final any more, so no old token counts. */
export async function reopenRuns(db: Database, source: string): Promise<void> {
  await db.update(imports).set({ final: false }).where(eq(imports.source, source))
}
