import { and, eq, gt, isNotNull, or, sql } from 'drizzle-orm'
import { type Clock, timeAfter } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { TokenSubject } from '../../words/claims.ts'
import { users } from '../users/schema.ts'
import { isLive, subjectColumns } from './columns.ts'
import { isOfKey, isProvenBy } from './keys.ts'
import { isVerifiedEnough, type PresentedRefresh } from './rotate.ts'
import { sessions } from './schema.ts'

interface LateRefresh extends PresentedRefresh {
  /** Whether only a session of a verified address gets an answer. */
  verifiedOnly: boolean
  idleSeconds: number
  ip: string | null
}

const presented = sql`${sql.placeholder('generation')}::integer`

const lateAnswer = buildOnce((db) =>
  db
    .update(sessions)
    .set({
      lastSeenAt: timeAfter('now'),
      idleExpiresAt: timeAfter('idleEnd'),
      ip: sql`${sql.placeholder('ip')}`,
    })
    .from(users)
    .where(
      and(
        eq(sessions.id, sql.placeholder('sessionId')),
        eq(sessions.userId, sql.placeholder('userId')),
        eq(users.id, sessions.userId),
        users.isActive,
        isVerifiedEnough,
        isProvenBy(sql.placeholder('jkt')),
        or(
          and(isNotNull(sessions.jkt), gt(sessions.generation, presented)),
          and(eq(sessions.generation, sql`${presented} + 1`), isOfKey(sql.placeholder('rotationKey'))),
        ),
        isLive(timeAfter('now')),
      ),
    )
    .returning(subjectColumns)
    .prepare('answer_late'),
)

/**
 * Keeps a session alive for a replaced token whose caller proves that the token is its own.
 *
 * The proof is that of the key that the session is bound to. Or it is the key that the last rotation was asked with, for
 * the token that this rotation replaced. Neither the generation nor the grace moves.
 *
 * @returns what the tokens of the current generation state; null when the statement changed nothing
 * @see decision 130
 */
export async function answerLate(
  db: Database,
  clock: Clock,
  values: LateRefresh,
): Promise<TokenSubject | null> {
  const [row] = await lateAnswer(db).execute({
    ...values,
    now: clock.secondsAfter(0),
    idleEnd: clock.secondsAfter(values.idleSeconds),
  })
  return row ?? null
}
