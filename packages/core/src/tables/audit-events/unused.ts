import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { AuditKind } from '../../words/audit-kinds.ts'
import type { UserId } from '../../words/ids.ts'

/** What only a person who has used the account leaves in the trail. */
const SIGNS_OF_USE: AuditKind[] = ['login', 'password_changed', 'password_reset']

/**
 * Answers whether another person made the account of a user, and nobody has used the account since.
 *
 * The answer chooses words, and never what a caller may do: events are deleted after `AUDIT_RETENTION`.
 */
export async function isUnusedInvitation(db: Database, userId: UserId): Promise<boolean> {
  const signs = sql.join(
    SIGNS_OF_USE.map((kind) => sql`${kind}`),
    sql`, `,
  )
  const rows = await db.execute(sql`
    select 1 where exists (select 1 from audit_events where user_id = ${userId} and kind = 'account_created')
      and not exists (select 1 from audit_events where user_id = ${userId} and kind in (${signs}))`)
  return rows.length > 0
}
