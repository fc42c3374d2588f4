import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { AuditKind } from '../../words/audit-kinds.ts'
import type { UserId } from '../../words/ids.ts'

const REMOVED: AuditKind = 'connection_removed'

/**
 * Answers whether a user has disconnected an account of a provider. A connection that a proof of the address removed does not
 * count: it was that of anybody.
 *
 * Events are deleted after `AUDIT_RETENTION`. From then on the answer is no.
 */
export async function hasDisconnected(
  db: Database,
  { userId, provider }: { userId: UserId; provider: string },
): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from audit_events
    where user_id = ${userId} and kind = ${REMOVED} and details->>'provider' = ${provider}
      and session_id is not null
    limit 1`)
  return rows.length > 0
}
