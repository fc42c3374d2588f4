import { and, eq, gte, isNotNull } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { isLive } from './columns.ts'
import type { PresentedGeneration } from './rotate.ts'
import { sessions } from './schema.ts'

/** Whether a token is one of a live session that is bound to a key, and is not newer than the session. */
export async function isOfBoundSession(
  db: Database,
  clock: Clock,
  { sessionId, userId, generation }: PresentedGeneration,
): Promise<boolean> {
  const found = await db
    .select({ sessionId: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, userId),
        isNotNull(sessions.jkt),
        gte(sessions.generation, generation),
        isLive(clock.now()),
      ),
    )
  return found.length > 0
}
