import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Notes that a sign-up that was moved in became a user. The next run then knows the user, and brings nobody back who was
 * deleted meanwhile.
 *
 * There are few sources, and with each of them the primary key leads to the row.
 *
 * @param user.oldId - the key of the user at its source, as text
 */
export async function noteConfirmed(
  tx: Database,
  { userId, oldId }: { userId: UserId; oldId: string },
): Promise<void> {
  await tx.execute(sql`
    update imported_users k set state = 'account'
    where k.source in (select source from imports) and k.old_id = ${oldId} and k.user_id = ${userId}
      and k.state = 'pending'`)
}
