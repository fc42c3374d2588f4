import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { AuditKind } from '../../words/audit-kinds.ts'
import type { UserId } from '../../words/ids.ts'

/** The event of an invitation, and of a reset that another person sends. */
const INVITED: AuditKind = 'password_reset_sent'
/** What stays in the trail when a person has used the account, or when its password was chosen. */
const SIGNS_OF_USE: AuditKind[] = ['login', 'password_changed', 'password_reset']

/**
 * Answers whether a user was invited, and nobody has chosen a password since. A user whom staff made with a password was
 * not invited.
 *
 * Events are deleted after `AUDIT_RETENTION`, the oldest first, so the invitation goes before the signs of use. From then on the
 * answer is no, which is the safe one: a provider connects nothing by the address.
 */
export async function isUnusedInvitation(db: Database, userId: UserId): Promise<boolean> {
  const signs = sql.join(
    SIGNS_OF_USE.map((kind) => sql`${kind}`),
    sql`, `,
  )
  const rows = await db.execute(sql`
    select 1 where ${isInvited(sql`${userId}`)}
      and not exists (select 1 from audit_events where user_id = ${userId} and kind in (${signs}))`)
  return rows.length > 0
}

/** The condition that a user was invited, as long as the trail tells it. */
export function isInvited(userId: SQL): SQL {
  return sql`exists (
    select 1 from audit_events e
    where e.user_id = ${userId} and e.kind = ${INVITED} and e.details->>'invitation' = 'true')`
}
