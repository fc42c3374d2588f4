import { and, desc, eq, gt, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { users } from '../accounts/schema.ts'
import { executeRecorded, insertEventFrom, type NewAuditEvent } from '../audit/store.ts'
import { type Clock, timeAfter } from '../clock.ts'
import { buildOnce, type Database } from '../database.ts'
import type { SessionId, UserId } from '../ids.ts'
import type { TokenSubject } from '../tokens/claims.ts'
import type { Device } from './device.ts'
import { sessions } from './schema.ts'

/** A row of the sessions table. */
export type SessionRow = typeof sessions.$inferSelect

/** What the tokens of a session say, as columns to return. */
const subjectColumns = {
  userId: sessions.userId,
  sessionId: sessions.id,
  generation: sessions.generation,
  role: users.role,
  emailVerified: users.emailVerified,
  sessionCreatedAt: sessions.createdAt,
  sessionExpiresAt: sessions.absoluteExpiresAt,
}

function isLive(now: SQL) {
  return and(
    gt(sessions.idleExpiresAt, now),
    or(isNull(sessions.absoluteExpiresAt), gt(sessions.absoluteExpiresAt, now)),
  )
}

/** A session about to be stored. */
export interface NewSession extends Device {
  id: SessionId
  userId: UserId
  /** The user's `session_epoch` when its credentials were verified. */
  verifiedEpoch: number
  ip: string | null
  userAgent: string | null
  /** The hidden name of the network, which later counts as the owner's; null when it is not known. */
  network: string | null
  idleSeconds: number
  /** Null for a session without an end of its own. */
  lifetimeSeconds: number | null
  /** What to record when it is stored. */
  event: NewAuditEvent
}

/**
 * Stores a session, if what its sign-in was checked against still stands.
 *
 * FOR SHARE makes a password change and this insert wait for one another: whichever comes second sees the first.
 * A weaker lock lets a session through that was opened with the old password.
 *
 * @returns what its tokens say, or null when the account changed since it was checked
 */
export async function insertSession(
  db: Database,
  clock: Clock,
  session: NewSession,
): Promise<TokenSubject | null> {
  const absolute =
    session.lifetimeSeconds === null ? sql`null::timestamptz` : clock.after(session.lifetimeSeconds)
  const rows = await db.execute<{
    role: number
    email_verified: boolean
    created_at: string
    expires_at: string | null
  }>(sql`
    with owner as (
      select id, role, email_verified from users
      where id = ${session.userId} and session_epoch = ${session.verifiedEpoch} and is_active
      for share
    ), opened as (
      insert into sessions
        (id, user_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at, ip, user_agent, browser, os, device)
      select ${session.id}, owner.id, ${clock.now()}, ${clock.now()}, ${clock.after(session.idleSeconds)}, ${absolute},
        ${session.ip}, ${session.userAgent}, ${session.browser}, ${session.os}, ${session.device}
      from owner
      returning created_at, absolute_expires_at
    ), recorded as (${insertEventFrom(clock, session.event, { userId: sql`owner.id`, from: sql`owner, opened` })}
    ), known as (
      insert into known_networks (user_id, network, seen_at)
      select owner.id, ${session.network}, ${clock.now()} from owner
      where ${session.network}::text is not null and not exists (
        select from known_networks
        where user_id = owner.id and network = ${session.network} and seen_at >= ${clock.now()} - interval '1 day'
      )
      on conflict (user_id, network) do update set seen_at = excluded.seen_at
      where known_networks.seen_at < excluded.seen_at - interval '1 day'
    )
    select owner.role, owner.email_verified, opened.created_at, opened.absolute_expires_at as expires_at
    from owner, opened`)
  const row = rows[0]
  if (!row) return null
  return {
    userId: session.userId,
    sessionId: session.id,
    generation: 1,
    role: row.role,
    emailVerified: row.email_verified,
    sessionCreatedAt: new Date(row.created_at),
    sessionExpiresAt: row.expires_at === null ? null : new Date(row.expires_at),
  }
}

/** Which step of a session a refresh token stands for. */
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
 * Moves a session to its next generation: the one statement that decides who of many refreshes wins.
 *
 * At most one rotation happens in a grace window; a session that never rotated is in none.
 *
 * @returns what the new tokens say, or null when the statement changed nothing
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

function isOutsideGrace(clock: Clock, graceSeconds: number): SQL {
  return graceSeconds === 0 ? sql`true` : lte(sessions.rotatedAt, clock.after(-graceSeconds))
}

/** A session beside the presented token, with every comparison of times made by the database. */
export interface SessionState extends TokenSubject {
  isWithinGrace: boolean
  isIdleExpired: boolean
  isAbsoluteExpired: boolean
  userIsActive: boolean
  ip: string | null
  userAgent: string | null
}

/** Looks why a rotation changed nothing; null when there is no such session. */
export async function findSessionState(
  db: Database,
  clock: Clock,
  session: { sessionId: SessionId; graceSeconds: number },
): Promise<SessionState | null> {
  const [row] = await db
    .select({
      ...subjectColumns,
      isWithinGrace: sql<boolean>`coalesce(not ${isOutsideGrace(clock, session.graceSeconds)}, false)`,
      isIdleExpired: sql<boolean>`${sessions.idleExpiresAt} <= ${clock.now()}`,
      isAbsoluteExpired: sql<boolean>`coalesce(${sessions.absoluteExpiresAt} <= ${clock.now()}, false)`,
      userIsActive: users.isActive,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, session.sessionId))
  return row ?? null
}

/**
 * Ends the session of a token that was replaced and has come back outside the grace.
 *
 * @returns whether this call ended it; false when the token turned out not to be stale, or the session was gone
 */
export async function deleteReplayedSession(
  db: Database,
  clock: Clock,
  presented: PresentedGeneration & { graceSeconds: number; event: NewAuditEvent },
): Promise<boolean> {
  const end = db
    .delete(sessions)
    .where(
      and(
        eq(sessions.id, presented.sessionId),
        or(
          gt(sessions.generation, presented.generation + 1),
          and(
            eq(sessions.generation, presented.generation + 1),
            isOutsideGrace(clock, presented.graceSeconds),
          ),
        ),
      ),
    )
    .returning({ userId: sessions.userId })
  return executeRecorded(db, clock, presented.event, end)
}

/**
 * Ends one live session by a refresh token of it, current or already replaced.
 *
 * @returns whether there was such a session of this user
 */
export async function deleteSessionOfToken(
  db: Database,
  clock: Clock,
  presented: PresentedGeneration & { userId: UserId; event: NewAuditEvent },
): Promise<boolean> {
  const end = db
    .delete(sessions)
    .where(
      and(
        eq(sessions.id, presented.sessionId),
        eq(sessions.userId, presented.userId),
        sql`${sessions.generation} >= ${presented.generation}`,
        isLive(clock.now()),
      ),
    )
    .returning({ userId: sessions.userId })
  return executeRecorded(db, clock, presented.event, end)
}

/** Ends one session of a user; false when the user has no such session. */
export async function deleteSession(
  db: Database,
  clock: Clock,
  session: { sessionId: SessionId; userId: UserId; event: NewAuditEvent },
): Promise<boolean> {
  const end = db
    .delete(sessions)
    .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
    .returning({ userId: sessions.userId })
  return executeRecorded(db, clock, session.event, end)
}

/** Answers whether a session is still there, and keeps it so until the transaction ends. */
export async function holdSession(tx: Database, sessionId: SessionId): Promise<boolean> {
  const held = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    .for('key share')
  return held.length > 0
}

/** Ends every session of a user. The caller holds the user's row, so that no sign-in slips past. */
export async function deleteSessionsOfUser(db: Database, userId: UserId): Promise<SessionRow[]> {
  return db.delete(sessions).where(eq(sessions.userId, userId)).returning()
}

/** Ends every session of a user but one. The caller holds the user's row. */
export async function deleteOtherSessions(
  db: Database,
  session: { userId: UserId; except: SessionId | null },
): Promise<void> {
  const { userId, except } = session
  await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), except ? ne(sessions.id, except) : undefined))
}

/**
 * Stores the successor of a session that a password change ended: another id, the same beginning and last end.
 *
 * Its tokens are as fresh as those of a refresh, so it idles out no sooner than they do.
 */
export async function insertSuccessor(
  db: Database,
  clock: Clock,
  successor: { session: SessionRow; idleSeconds: number },
): Promise<void> {
  await db.insert(sessions).values({
    ...successor.session,
    lastSeenAt: sql`${clock.now()}`,
    idleExpiresAt: sql`${clock.after(successor.idleSeconds)}`,
  })
}

/** The live sessions of a user, the most recently seen first. */
export async function listLiveSessions(db: Database, clock: Clock, userId: UserId): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(clock.now())))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
}

/** A user beside the session its access token names. */
export interface AuthenticatedRow {
  id: UserId
  email: string
  firstName: string
  lastName: string
  role: number
  isActive: boolean
  emailVerified: boolean
  /** Whether the named session is one of the user's and live. */
  hasSession: boolean
}

const authenticated = buildOnce((db) =>
  db
    .select({
      id: users.id,
      email: users.email,
      firstName: users.firstName,
      lastName: users.lastName,
      role: users.role,
      isActive: users.isActive,
      emailVerified: users.emailVerified,
      hasSession: sql<boolean>`${sessions.id} is not null`,
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

/** Reads a user and whether its session lives, in one statement. */
export async function findAuthenticated(
  db: Database,
  clock: Clock,
  named: { userId: UserId; sessionId: SessionId },
): Promise<AuthenticatedRow | null> {
  const [row] = await authenticated(db).execute({ ...named, now: clock.secondsAfter(0) })
  return row ?? null
}

/** Removes sessions that expired before a moment. */
export async function purgeExpiredSessions(db: Database, before: SQL): Promise<number> {
  const purged = await db
    .delete(sessions)
    .where(or(lte(sessions.idleExpiresAt, before), lte(sessions.absoluteExpiresAt, before)))
    .returning({ id: sessions.id })
  return purged.length
}
