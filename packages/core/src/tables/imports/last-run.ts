import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * The condition of a source whose last run came after the source was stopped, and has finished.
 *
 * Until then the other deployment may go on to rotate its tokens, so none of them counts here.
 */
export function isMovedIn(source: SQLWrapper): SQL {
  return sql`coalesce((
    select final and finished_at is not null from imports
    where imports.source = ${source} order by started_at desc, id desc limit 1
  ), false)`
}
