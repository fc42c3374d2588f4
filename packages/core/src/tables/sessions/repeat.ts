import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { type Clock, timeAfter, timeOfWriting } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import { isProvenBy } from './keys.ts'
import { held, type PresentedRefresh } from './rotate.ts'
import { sessions } from './schema.ts'

/** The rotation to a generation that a token names and the row does not know. */
interface LostRotation extends PresentedRefresh {
  idleSeconds: number
  ip: string | null
}

const repetition = buildOnce((db) => {
  const locked = held(db)
  return db
    .update(sessions)
    .set({
      generation: sql`${sql.placeholder('generation')}::integer`,
      rotatedAt: timeOfWriting('now'),
      lastSeenAt: timeAfter('now'),
      idleExpiresAt: timeAfter('idleEnd'),
      ip: sql`${sql.placeholder('ip')}`,
      // The key of the lost rotation is lost too.
      rotationKey: null,
    })
    .from(locked)
    .where(
      and(
        eq(sessions.id, locked.id),
        eq(sessions.userId, locked.userId),
        lt(locked.generation, sql`${sql.placeholder('generation')}::integer`),
        isProvenBy(sql.placeholder('jkt')),
        or(isNull(sessions.absoluteExpiresAt), gt(sessions.absoluteExpiresAt, timeAfter('now'))),
      ),
    )
    .returning({ generation: sessions.generation })
    .prepare('repeat_rotation')
})

/**
 * Repeats a rotation that a good token proves and the database has lost, so that its grace begins now.
 *
 * The row never goes back: of several tokens the newest decides, in any order. The idle end is not asked for, because the
 * lost rotation had moved it, as the expiry of the token says.
 *
 * @returns false when another refresh has repeated it, or the session has ended
 * @see decision 126
 */
export async function repeatRotation(db: Database, clock: Clock, lost: LostRotation): Promise<boolean> {
  const repeated = await repetition(db).execute({
    ...lost,
    now: clock.secondsAfter(0),
    idleEnd: clock.secondsAfter(lost.idleSeconds),
  })
  return repeated.length > 0
}
