import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

/** What the tables say about the tokens of other deployments. */
export interface OldTokenState {
  /** The sources with tokens of which no final run has finished. Other sources have no tokens that could count here. */
  open: string[]
  /** Whether a final run of any such source has finished. */
  hasMovedIn: boolean
  /** Whether an old token may still be good. The housekeeping deletes what has expired. */
  mayLive: boolean
}

/** Reads which imports are open, and whether any old token may still be good. */
export async function readOldTokenState(db: Database): Promise<OldTokenState> {
  const [row] = await db.execute<{ [Name in keyof OldTokenState]: OldTokenState[Name] }>(sql`
    with sources as (
      select source, bool_or(final and finished_at is not null) as is_moved_in from imports
      where kind = 'django' group by source
    )
    select (select coalesce(json_agg(source), '[]') from sources where not is_moved_in) as open,
      (select coalesce(bool_or(is_moved_in), false) from sources) as "hasMovedIn",
      (select true from imported_sessions order by session_id limit 1) is not null as "mayLive"`)
  return row ?? { open: [], hasMovedIn: false, mayLive: false }
}
