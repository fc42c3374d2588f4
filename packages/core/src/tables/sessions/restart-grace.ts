import { and, eq, sql } from 'drizzle-orm'
import { type Clock, timeOfWriting } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import { held, type PresentedGeneration } from './rotate.ts'
import { sessions } from './schema.ts'

const restart = buildOnce((db) => {
  const locked = held(db)
  return (
    db
      .update(sessions)
      .set({ rotatedAt: timeOfWriting('now') })
      .from(locked)
      // The lock waits for a rotation that is not visible yet, and only the locked row has its generation then.
      .where(
        and(
          eq(sessions.id, locked.id),
          eq(sessions.userId, locked.userId),
          eq(locked.generation, sql.placeholder('generation')),
        ),
      )
      .prepare('restart_grace')
  )
})

/**
 * Starts the grace of a rotation now, because its row became visible later than it was written.
 *
 * It waits for a rotation that is still being committed. It does nothing when the rotation was not committed, or when a
 * later one followed.
 *
 * @param rotated - the generation that the rotation led to
 */
export async function restartGrace(db: Database, clock: Clock, rotated: PresentedGeneration): Promise<void> {
  await restart(db).execute({ ...rotated, now: clock.secondsAfter(0) })
}
