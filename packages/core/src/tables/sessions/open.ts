import { sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { Binding, SessionLevel, TokenSubject } from '../../words/claims.ts'
import type { Device } from '../../words/device.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { insertEventFrom, type NewAuditEvent } from '../audit-events/statements.ts'
import type { SessionRow } from './columns.ts'
import { sessions } from './schema.ts'

/** The most networks of one user. The one without a sign-in for longest is forgotten for another one. */
const NETWORKS_PER_USER = 100

/** A stored session: what its tokens state. */
export interface StoredSession extends TokenSubject {
  /** How many other sessions the user had when the statement began; counted up to `countedSessions`. */
  others: number
}

/** A session to be stored. */
export interface NewSession extends Device, SessionLevel {
  id: SessionId
  userId: UserId
  /** The user's `session_epoch` at the time of the credential check. */
  verifiedEpoch: number
  ip: string | null
  userAgent: string | null
  /** The keyed hash of the network, to be stored as known to the user; null when the network is not known. */
  network: string | null
  idleSeconds: number
  /** The longest life of the session; null for no such end. */
  lifetimeSeconds: number | null
  /** How far the other sessions of the user are counted. */
  countedSessions: number
  /** The key that the session is bound to; null for none. */
  binding: Binding | null
  event: NewAuditEvent
}

/**
 * Stores a session, with its event and its network, if the user is active and its epoch has not moved since the check.
 *
 * FOR SHARE makes this insert and a password change wait for each other, and the second of the two sees the first.
 * With a weaker lock, a session that was opened with the old password survives.
 *
 * @returns the session; null when the user changed since the check
 * @see decision 052
 */
export async function insertSession(
  db: Database,
  clock: Clock,
  session: NewSession,
): Promise<StoredSession | null> {
  const absolute =
    session.lifetimeSeconds === null ? sql`null::timestamptz` : clock.after(session.lifetimeSeconds)
  const rows = await db.execute<{
    external_id: string | null
    role: number
    email_verified: boolean
    created_at: string
    expires_at: string | null
    others: number
  }>(sql`
    with verified as (
      select id, external_id, role, email_verified from users
      where id = ${session.userId} and session_epoch = ${session.verifiedEpoch} and is_active
      for share
    ), opened as (
      insert into sessions
        (id, user_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at, ip, user_agent, browser, os, device,
          acr, amr, passkey_id, jkt, bound_by)
      select ${session.id}, verified.id, ${clock.now()}, ${clock.now()}, ${clock.after(session.idleSeconds)}, ${absolute},
        ${session.ip}, ${session.userAgent}, ${session.browser}, ${session.os}, ${session.device},
        ${session.acr}, ${session.amr}, ${session.passkeyId}::uuid,
        ${session.binding?.jkt ?? null}::text, ${session.binding?.boundBy ?? null}::text
      from verified
      returning created_at, absolute_expires_at
    ), recorded as (${insertEventFrom(clock, session.event, { userId: sql`verified.id`, from: sql`verified, opened` })}
    ), known as (
      insert into known_networks (user_id, network, seen_at)
      select verified.id, ${session.network}, ${clock.now()} from verified
      where ${session.network}::text is not null and not exists (
        select from known_networks
        where user_id = verified.id and network = ${session.network} and seen_at >= ${clock.now()} - interval '1 day'
      )
      on conflict (user_id, network) do update set seen_at = excluded.seen_at
      where known_networks.seen_at < excluded.seen_at - interval '1 day'
      returning network
    ), forgotten as (
      delete from known_networks using known
      where user_id = ${session.userId} and known_networks.network in (
        select network from known_networks
        where user_id = ${session.userId} and network <> ${session.network}
        order by seen_at desc offset ${NETWORKS_PER_USER - 1}
      )
    )
    select verified.external_id, verified.role, verified.email_verified, opened.created_at, opened.absolute_expires_at as expires_at,
      (select count(*)::int from (
        select from sessions where user_id = ${session.userId} limit ${session.countedSessions}
      ) held) as others
    from verified, opened`)
  const row = rows[0]
  if (!row) return null
  const sessionCreatedAt = new Date(row.created_at)
  return {
    userId: session.userId,
    externalId: row.external_id,
    sessionId: session.id,
    generation: 1,
    role: row.role,
    emailVerified: row.email_verified,
    sessionCreatedAt,
    sessionExpiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    acr: session.acr,
    amr: session.amr,
    authTime: sessionCreatedAt,
    jkt: session.binding?.jkt ?? null,
    superseded: false,
    others: row.others,
  }
}

/**
 * Stores the successor of a session that a password change ended. The caller gives it another id; the time of the
 * sign-in, the longest life and the key that it is bound to stay. The idle time starts anew, because the tokens of the successor are new.
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
