import { sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'

/** What the tables say about the tokens of other deployments. */
export interface OldTokenState {
  /** The sources whose last run is not the final one, or has not finished. */
  open: string[]
  /** Whether an old token may still be unexpired. */
  mayLive: boolean
}

/** Reads which imports are open, and whether any old token may still be good. */
export async function readOldTokenState(db: Database, clock: Clock): Promise<OldTokenState> {
  const [row] = await db.execute<{ open: string[]; mayLive: boolean }>(sql`
    with last_runs as (
      select distinct on (source) source, final and finished_at is not null as is_moved_in
      from imports order by source, started_at desc, id desc
    )
    select (select coalesce(json_agg(source), '[]') from last_runs where not is_moved_in) as open,
      exists (select from imported_sessions where expires_at > ${clock.now()}) as "mayLive"`)
  return row ?? { open: [], mayLive: false }
}
