import { and, gt, isNull, or, type SQL } from 'drizzle-orm'
import { users } from '../users/schema.ts'
import { sessions } from './schema.ts'

/** A row of the sessions table. */
export type SessionRow = typeof sessions.$inferSelect

/** What the tokens of a session say, as columns to return. */
export const subjectColumns = {
  userId: sessions.userId,
  sessionId: sessions.id,
  generation: sessions.generation,
  role: users.role,
  emailVerified: users.emailVerified,
  sessionCreatedAt: sessions.createdAt,
  sessionExpiresAt: sessions.absoluteExpiresAt,
}

/** What a session is that has not expired. */
export function isLive(now: SQL) {
  return and(
    gt(sessions.idleExpiresAt, now),
    or(isNull(sessions.absoluteExpiresAt), gt(sessions.absoluteExpiresAt, now)),
  )
}
