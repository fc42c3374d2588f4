import { and, count, desc, eq, gt, sql } from 'drizzle-orm'
import { type Clock, timeAfter } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { AuthenticationLevel } from '../../words/claims.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { type User, userColumns } from '../users/columns.ts'
import { users } from '../users/schema.ts'
import { authTime, isLive, type SessionRow } from './columns.ts'
import { sessions } from './schema.ts'

const LISTED_USERS = 1000

/** Lists live sessions of a user, the one that was last seen first, and no more than `limit`. */
export async function listLiveSessions(
  db: Database,
  clock: Clock,
  query: { userId: UserId; limit: number },
): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, query.userId), isLive(clock.now())))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(query.limit)
}

/** Lists users with more sessions than a number, a thousand at most. */
export async function listUsersWithMoreSessions(db: Database, limit: number): Promise<UserId[]> {
  const rows = await db
    .select({ userId: sessions.userId })
    .from(sessions)
    .groupBy(sessions.userId)
    .having(gt(count(), limit))
    .limit(LISTED_USERS)
  return rows.map(({ userId }) => userId)
}

/** A user, and whether the session that its access token names is live. */
export interface AuthenticatedRow extends User {
  isActive: boolean
  /** When the named session began; null when it does not belong to the user or is not live. */
  sessionCreatedAt: Date | null
  /** Null as `sessionCreatedAt` is, and the age too. */
  acr: AuthenticationLevel | null
  authAgeSeconds: number | null
  secondFactor: boolean
}

const authenticated = buildOnce((db) =>
  db
    .select({
      ...userColumns,
      isActive: users.isActive,
      sessionCreatedAt: sessions.createdAt,
      acr: sessions.acr,
      authAgeSeconds: sql<number | null>`extract(epoch from ${timeAfter('now')} - ${authTime})::float8`,
      secondFactor: users.secondFactor,
    })
    .from(users)
    .leftJoin(
      sessions,
      and(
        eq(sessions.id, sql.placeholder('sessionId')),
        eq(sessions.userId, users.id),
        isLive(timeAfter('now')),
      ),
    )
    .where(eq(users.id, sql.placeholder('userId')))
    .prepare('authenticate'),
)

/** Reads a user, and whether the named session is live, in one statement; null when the user does not exist. */
export async function findAuthenticated(
  db: Database,
  clock: Clock,
  named: { userId: UserId; sessionId: SessionId },
): Promise<AuthenticatedRow | null> {
  const [row] = await authenticated(db).execute({ ...named, now: clock.secondsAfter(0) })
  return row ?? null
}
