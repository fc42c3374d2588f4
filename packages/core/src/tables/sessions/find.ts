import { and, desc, eq, sql } from 'drizzle-orm'
import { type Clock, timeAfter } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { AuthenticationLevel } from '../../words/claims.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { type User, userColumns } from '../users/columns.ts'
import { users } from '../users/schema.ts'
import { authTime, isLive, type SessionRow } from './columns.ts'
import { sessions } from './schema.ts'

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

/** The users of a part of the sessions, in the order of their ids. */
export interface SessionHolders {
  /** The users with more sessions than a number, at most as many as asked for. */
  withMore: UserId[]
  examined: number
  /** The last user whose sessions were all examined; null without sessions. */
  last: UserId | null
}

/**
 * Finds users with more sessions than a number, among the next sessions in the order of their users.
 *
 * @param query.rows - the most sessions to examine
 * @param query.users - the most users to find
 */
export async function findUsersWithMoreSessions(
  db: Database,
  query: { limit: number; after: UserId | null; rows: number; users: number },
): Promise<SessionHolders> {
  const { limit, after, rows, users: most } = query
  const counted = await db.execute<{ id: UserId; sessions: number }>(sql`
    select user_id as id, count(*)::int as sessions from (
      select user_id from sessions ${after === null ? sql`` : sql`where user_id > ${after}`}
      order by user_id limit ${sql.raw(String(Math.trunc(rows)))}
    ) page group by user_id order by user_id`)
  const examined = counted.reduce((sum, { sessions }) => sum + sessions, 0)
  // Of the last user of a full page only a part may be examined. A user who fills a page is judged by its deletion.
  const whole = examined === rows && counted.length > 1 ? counted.slice(0, -1) : [...counted]
  const isOver = (one: { sessions: number }) => one.sessions > limit || one.sessions === rows
  const withMore = whole.filter(isOver).slice(0, most)
  const last = withMore.length === most ? withMore.at(-1) : whole.at(-1)
  return { withMore: withMore.map(({ id }) => id), examined, last: last?.id ?? null }
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
