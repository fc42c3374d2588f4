import { sql } from 'drizzle-orm'
import type { Purge } from '../purge.ts'
import { importedSessions } from './schema.ts'

/** The note of a session that was moved in goes when no token of the other deployment is good any more. */
export const IMPORTED_SESSION_PURGE: Purge = {
  table: importedSessions,
  key: [importedSessions.sessionId],
  dueAt: () => sql`${importedSessions.expiresAt}`,
}
