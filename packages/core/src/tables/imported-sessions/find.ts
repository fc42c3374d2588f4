import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { isMovedIn } from '../imports/moved-in.ts'
import { users } from '../users/schema.ts'
import { importedSessions } from './schema.ts'

/** The id that other services know a user by. */
export const knownId = sql<string>`coalesce(${users.externalId}, ${users.id}::text)`

/** A session that was moved in, and the refresh token that it came with. */
export interface ImportedSession {
  userId: UserId
  jti: string
}

/**
 * Finds a session that was moved in, also after its end; null when its user is another one.
 *
 * Null too until a final run of its import has finished: see {@link isMovedIn}.
 */
export async function findImportedSession(
  db: Database,
  named: { sessionId: SessionId; externalId: string },
): Promise<ImportedSession | null> {
  const [row] = await db
    .select({ userId: importedSessions.userId, jti: importedSessions.jti })
    .from(importedSessions)
    .innerJoin(users, eq(users.id, importedSessions.userId))
    .where(
      and(
        eq(importedSessions.sessionId, named.sessionId),
        eq(knownId, named.externalId),
        isMovedIn(importedSessions.source),
      ),
    )
  return row ?? null
}
