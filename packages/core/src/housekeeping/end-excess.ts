import type { Clock } from '../database/clock.ts'
import type { Database } from '../database/connection.ts'
import { insertEvent, type NewAuditEvent } from '../tables/audit-events/statements.ts'
import { lockUser } from '../tables/locks.ts'
import type { ExaminedPage, Place } from '../tables/purge-page.ts'
import { deleteLongestUnused } from '../tables/sessions/end.ts'
import { findUsersWithMoreSessions } from '../tables/sessions/find.ts'
import { type EventId, newId, type UserId } from '../words/ids.ts'

/** A transaction locks no more users than this, because their sign-ins wait for it. */
const MOST_USERS = 20
const UNKNOWN_CLIENT = { ip: null, browser: null, os: null, device: null }

/**
 * Ends the sessions of users beyond a number, among the next sessions in the order of their users.
 *
 * Such users had more sessions before the limit, or before a lower one. The users are locked in the order of their ids.
 */
export async function endExcess(
  tx: Database,
  { clock, keep, place }: { clock: Clock; keep: number; place: Place },
): Promise<ExaminedPage> {
  const { rows } = place
  const after = (place.after?.[0] ?? null) as UserId | null
  const found = await findUsersWithMoreSessions(tx, { limit: keep, after, rows, users: MOST_USERS })
  let purged = 0
  for (const userId of found.withMore) {
    await lockUser(tx, userId)
    const ended = await deleteLongestUnused(tx, clock, { userId, newest: null, keep })
    if (ended > 0) await insertEvent(tx, clock, composeDisplaced(userId, ended))
    purged += ended
  }
  const isCut = found.withMore.length === MOST_USERS
  return { examined: isCut ? rows : found.examined, purged, last: found.last ? [found.last] : null }
}

function composeDisplaced(userId: UserId, sessions: number): NewAuditEvent {
  const nobody = { actor: 'anyone', actorId: null, sessionId: null, ...UNKNOWN_CLIENT } as const
  return { id: newId<EventId>(), userId, kind: 'sessions_displaced', details: { sessions }, ...nobody }
}
