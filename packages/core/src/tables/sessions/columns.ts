import { and, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import { users } from '../users/schema.ts'
import { sessions } from './schema.ts'

/** A row of `sessions`. */
export type SessionRow = typeof sessions.$inferSelect

/** When something was last proven in a session: in a later proof, or at the sign-in. */
export const authTime = sql<Date>`coalesce(${sessions.authTime}, ${sessions.createdAt})`.mapWith(
  sessions.createdAt,
)

/** The columns that the tokens of a session state. */
export const subjectColumns = {
  userId: sessions.userId,
  externalId: users.externalId,
  sessionId: sessions.id,
  generation: sessions.generation,
  role: users.role,
  emailVerified: users.emailVerified,
  sessionCreatedAt: sessions.createdAt,
  sessionExpiresAt: sessions.absoluteExpiresAt,
  acr: sessions.acr,
  amr: sessions.amr,
  authTime,
  jkt: sessions.jkt,
  superseded: sql<boolean>`${sessions.successorId} is not null`,
}

/** The condition of a session that has not expired. */
export function isLive(now: SQL) {
  return and(
    gt(sessions.idleExpiresAt, now),
    or(isNull(sessions.absoluteExpiresAt), gt(sessions.absoluteExpiresAt, now)),
  )
}

/** When a session that was moved in began: as its token says, unless that is later than the import knows. */
export function beginningOf(begun: number): SQL {
  return sql`least(${sessions.createdAt}, to_timestamp(${begun}::double precision))`
}

/** When a session that was moved in ends however often it is refreshed; null for no such end. */
export function lastEndOf(begun: number, lifetimeSeconds: number | null): SQL {
  return sql`(${beginningOf(begun)} + make_interval(secs => ${lifetimeSeconds}::double precision))`
}
