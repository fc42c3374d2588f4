import { sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { AuthenticationLevel, TokenSubject } from '../../words/claims.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { isLive } from './columns.ts'

/** A proof in a session, and the successor that it opens. */
export interface StepUp {
  userId: UserId
  /** The session of the caller, which ends when the grace is over. */
  sessionId: SessionId
  successorId: SessionId
  acr: AuthenticationLevel
  /** The words of what was proven now. They are added to those of the session. */
  amr: string
  graceSeconds: number
  idleSeconds: number
}

/**
 * Opens the successor of a session in which something was proven. It has another id, the beginning, the last end, the
 * device and the key of the session, and its own level.
 *
 * The session of before keeps its level and ends with the grace, so its refresh token never rises, whoever holds it. A
 * proof in a session that has a successor reads the last end from the successor, because its own was moved. When the
 * successor was ended, the proof comes too late. A change of address that the session asked for keeps the successor. The
 * caller has locked the row of the user.
 *
 * @returns what the tokens of the successor state; null when the session, or the successor that it has, was ended
 */
export async function insertSteppedUp(
  tx: Database,
  clock: Clock,
  proof: StepUp,
): Promise<TokenSubject | null> {
  const { userId, sessionId, successorId, acr, amr, graceSeconds, idleSeconds } = proof
  const [row] = await tx.execute<{
    external_id: string | null
    role: number
    email_verified: boolean
    created_at: string
    expires_at: string | null
    acr: AuthenticationLevel
    amr: string
    auth_time: string
    jkt: string | null
  }>(sql`
    with own as materialized (
      select * from sessions
      where id = ${sessionId} and user_id = ${userId} and ${isLive(clock.now())}
      for no key update
    ), base as (
      select own.*, case when own.successor_id is null then own.absolute_expires_at
        else former.absolute_expires_at end as last_end
      from own left join sessions former on former.id = own.successor_id and former.user_id = own.user_id
      where own.successor_id is null or former.id is not null
    ), ending as (
      update sessions
      set absolute_expires_at = least(sessions.absolute_expires_at, ${clock.after(graceSeconds)}),
        successor_id = ${successorId}
      from base where sessions.id = base.id and sessions.user_id = base.user_id
      returning sessions.id
    ), moved as (
      update capabilities set session_id = ${successorId}
      from base where capabilities.user_id = base.user_id and capabilities.session_id in (base.id, base.successor_id)
    ), opened as (
      insert into sessions
        (id, user_id, created_at, last_seen_at, idle_expires_at, absolute_expires_at, ip, user_agent, browser, os, device,
          auth_time, acr, amr, passkey_id, jkt, bound_by)
      select ${successorId}, user_id, created_at, ${clock.now()}, ${clock.after(idleSeconds)}, last_end, ip, user_agent,
        browser, os, device, ${clock.now()}, greatest(acr, ${acr}), ${addWords(amr)}, passkey_id,
        jkt, bound_by
      from base
      where exists (select from ending)
      returning *
    )
    select users.external_id, users.role, users.email_verified, opened.created_at, opened.absolute_expires_at as expires_at, opened.acr,
      opened.amr, opened.auth_time, opened.jkt
    from opened join users on users.id = opened.user_id`)
  if (!row) return null
  return {
    userId,
    externalId: row.external_id,
    sessionId: successorId,
    generation: 1,
    role: row.role,
    emailVerified: row.email_verified,
    sessionCreatedAt: new Date(row.created_at),
    sessionExpiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    acr: row.acr,
    amr: row.amr,
    authTime: new Date(row.auth_time),
    jkt: row.jkt,
    superseded: false,
  }
}

/** The words of a session and further ones, each once and in their order. */
function addWords(words: string) {
  return sql`(
    select string_agg(word, ' ' order by place) from (
      select word, min(place) as place
      from unnest(string_to_array(amr || ' ' || ${words}::text, ' ')) with ordinality as given (word, place)
      group by word
    ) distinct_words
  )`
}
