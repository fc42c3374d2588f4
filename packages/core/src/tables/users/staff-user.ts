import { and, count, eq, max, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { connections } from '../connections/schema.ts'
import { passkeys } from '../passkeys/schema.ts'
import { isLive } from '../sessions/columns.ts'
import { sessions } from '../sessions/schema.ts'
import { type UserRecord, userRecordColumns } from './columns.ts'
import { users } from './schema.ts'

/** A user as staff see it. */
export interface StaffUser extends UserRecord {
  /** How many passkeys the user has. */
  passkeys: number
  /** The providers whose accounts sign the user in, the oldest connection first. */
  connections: string[]
  /** When a session of the user was last used; null when the user is signed in nowhere. */
  lastSeenAt: Date | null
}

/**
 * Reads users as staff see them. The sessions, the passkeys and the connections of each user are read by their indexes, so a page is one
 * statement and costs as much as its rows.
 *
 * @returns the statement without its condition, and the column to filter by
 */
export function selectStaffUsers(db: Database, clock: Clock) {
  const seen = db
    .select({ lastSeenAt: max(sessions.lastSeenAt).as('seen_at') })
    .from(sessions)
    .where(and(eq(sessions.userId, users.id), isLive(clock.now())))
    .as('seen')
  const kept = db
    .select({ passkeys: count().as('passkey_count') })
    .from(passkeys)
    .where(eq(passkeys.userId, users.id))
    .as('kept')
  const connected = db
    .select({
      providers: sql<
        string[]
      >`coalesce(array_agg(${connections.provider} order by ${connections.createdAt}, ${connections.id}), '{}')`.as(
        'providers',
      ),
    })
    .from(connections)
    .where(eq(connections.userId, users.id))
    .as('connected')
  const statement = db
    .select({
      ...userRecordColumns,
      passkeys: sql<number>`${kept.passkeys}`.mapWith(Number),
      connections: connected.providers,
      lastSeenAt: seen.lastSeenAt,
    })
    .from(users)
    .leftJoinLateral(seen, sql`true`)
    .leftJoinLateral(kept, sql`true`)
    .leftJoinLateral(connected, sql`true`)
  return { statement, lastSeenAt: seen.lastSeenAt }
}
