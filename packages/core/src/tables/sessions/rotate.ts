import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { type Clock, timeAfter } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { TokenSubject } from '../../words/claims.ts'
import type { SessionId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'
import { isLive, subjectColumns } from './columns.ts'
import { sessions } from './schema.ts'

/** The session and the generation that a refresh token names. */
export interface PresentedGeneration {
  sessionId: SessionId
  generation: number
}

interface Rotation extends PresentedGeneration {
  graceSeconds: number
  idleSeconds: number
  ip: string | null
}

const rotation = buildOnce((db) =>
  db
    .update(sessions)
    .set({
      generation: sql`${sessions.generation} + 1`,
      rotatedAt: timeAfter('now'),
      lastSeenAt: timeAfter('now'),
      idleExpiresAt: timeAfter('idleEnd'),
      ip: sql`${sql.placeholder('ip')}`,
    })
    .from(users)
    .where(
      and(
        eq(sessions.id, sql.placeholder('sessionId')),
        eq(sessions.generation, sql.placeholder('generation')),
        eq(users.id, sessions.userId),
        users.isActive,
        or(
          isNull(sessions.rotatedAt),
          sql`${sql.placeholder('graceSeconds')}::double precision = 0`,
          lte(sessions.rotatedAt, timeAfter('graceStart')),
        ),
        isLive(timeAfter('now')),
      ),
    )
    .returning(subjectColumns)
    .prepare('rotate_session'),
)

/**
 * Moves a session to its next generation. This one statement decides which of several concurrent refreshes rotates.
 *
 * At most one rotation happens per grace. The first rotation of a session may happen at once.
 *
 * @returns what the new tokens state; null when the statement changed nothing
 */
export async function rotateSession(
  db: Database,
  clock: Clock,
  values: Rotation,
): Promise<TokenSubject | null> {
  const [row] = await rotation(db).execute({
    ...values,
    now: clock.secondsAfter(0),
    idleEnd: clock.secondsAfter(values.idleSeconds),
    graceStart: clock.secondsAfter(-values.graceSeconds),
  })
  return row ?? null
}
