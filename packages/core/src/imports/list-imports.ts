import type { Context } from '../context.ts'
import { type ImportRun, listRuns } from '../tables/imports/runs.ts'

/** Lists the runs of imports, the latest first. A run without an end was interrupted, or still runs. */
export async function listImports({ db }: Pick<Context, 'db'>): Promise<ImportRun[]> {
  return listRuns(db)
}
