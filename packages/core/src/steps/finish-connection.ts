import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { PendingConnection } from '../tables/ceremonies/schema.ts'
import { useConnection } from '../tables/connections/change.ts'
import { findConnection, hasConnectionOfProvider, listSubjects } from '../tables/connections/find.ts'
import type { UserId } from '../words/ids.ts'
import { addConnection } from './add-connection.ts'

/**
 * Writes the connection by which a sign-in came, in the transaction of its second step.
 *
 * The caller has locked the user's row. What made the connection possible is asked again, because minutes have passed.
 *
 * @param pending - null for a sign-in that came by no provider
 * @returns false when the connection was removed meanwhile, or can be made no more; the caller then rolls back
 */
export async function finishConnection(
  ctx: Context,
  tx: Database,
  { userId, pending }: { userId: UserId; pending: PendingConnection | null },
): Promise<boolean> {
  if (pending === null) return true
  const { provider, uid, formerUid, id } = pending
  if (id !== null) return useConnection(tx, ctx.clock, { id, userId, uid })
  // Another sign-in of the same person may have made it, or an import. One of another user is not used.
  const made = await findConnection(tx, { provider, uids: listSubjects(uid, formerUid) })
  if (made) return useConnection(tx, ctx.clock, { id: made.id, userId, uid })
  if (await hasConnectionOfProvider(tx, { userId, provider })) return false
  return (await addConnection(ctx, tx, { userId, provider, uid })) !== null
}
