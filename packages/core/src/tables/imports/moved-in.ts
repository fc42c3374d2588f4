import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * The condition of a source of which a run has finished that came after the source was stopped.
 *
 * Until then the other deployment may go on to rotate its tokens, so none of them counts here. A further run closes
 * nothing while it is under way. To take an import back makes none of its runs a final one.
 */
export function isMovedIn(source: SQLWrapper): SQL {
  return sql`exists (
    select from imports where imports.source = ${source} and final and finished_at is not null
  )`
}
