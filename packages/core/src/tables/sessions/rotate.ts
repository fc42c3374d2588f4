import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { type Clock, timeAfter, timeOfWriting } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { TokenSubject } from '../../words/claims.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { users } from '../users/schema.ts'
import { isLive, subjectColumns } from './columns.ts'
import { isOfAnotherKey, isProvenBy, keyFrom } from './keys.ts'
import { sessions } from './schema.ts'

/** The user, the session and the generation that a refresh token names. */
export interface PresentedGeneration {
  userId: UserId
  sessionId: SessionId
  generation: number
}

/** A refresh token, and what came with it. */
export interface PresentedRefresh extends PresentedGeneration {
  /** The start of the hash of the caller's key, in 32 hexadecimal digits; null without a key. */
  rotationKey: string | null
  /** The thumbprint of the key that the request proves; null when it proves none. */
  jkt: string | null
  /** When the session began, as the token says; seconds since the Unix epoch. */
  begun: number
}

interface Rotation extends PresentedRefresh {
  /** Whether only a session of a verified address may rotate. */
  verifiedOnly: boolean
  graceSeconds: number
  idleSeconds: number
  ip: string | null
}

/** The row of the session, locked before the new row is computed: see {@link timeOfWriting}. */
export const held = (db: Database) =>
  db
    .select({ id: sessions.id, userId: sessions.userId, generation: sessions.generation })
    .from(sessions)
    .where(and(eq(sessions.id, sql.placeholder('sessionId')), eq(sessions.userId, sql.placeholder('userId'))))
    // The limit keeps PostgreSQL from filtering the row before it has waited for it.
    .limit(1)
    .for('no key update')
    .as('held')

/** The condition of a user whose address is verified, or need not be. */
export const isVerifiedEnough = or(users.emailVerified, sql`not ${sql.placeholder('verifiedOnly')}::boolean`)

const rotation = buildOnce((db) => {
  const locked = held(db)
  return db
    .update(sessions)
    .set({
      generation: sql`${sessions.generation} + 1`,
      rotatedAt: timeOfWriting('now'),
      lastSeenAt: timeAfter('now'),
      idleExpiresAt: timeAfter('idleEnd'),
      ip: sql`${sql.placeholder('ip')}`,
      rotationKey: keyFrom(sql.placeholder('rotationKey')),
    })
    .from(locked)
    .innerJoin(users, and(eq(users.id, locked.userId), users.isActive, isVerifiedEnough))
    .where(
      and(
        eq(sessions.id, locked.id),
        eq(sessions.userId, locked.userId),
        eq(sessions.generation, sql.placeholder('generation')),
        or(
          isNull(sessions.rotatedAt),
          sql`${sql.placeholder('graceSeconds')}::double precision = 0`,
          lte(sessions.rotatedAt, timeAfter('graceStart')),
        ),
        isProvenBy(sql.placeholder('jkt')),
        isOfAnotherKey(sql.placeholder('rotationKey')),
        isLive(timeAfter('now')),
      ),
    )
    .returning(subjectColumns)
    .prepare('rotate_session')
})

/**
 * Moves a session to its next generation. This one statement decides which of several concurrent refreshes rotates.
 *
 * At most one rotation happens per grace. The first rotation of a session may happen at once. A session that is bound to
 * a key rotates only with its proof, and no session rotates twice for one key of a caller.
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
