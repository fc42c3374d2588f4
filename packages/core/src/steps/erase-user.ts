import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { eraseClients } from '../tables/audit-events/statements.ts'
import { deleteCapabilitiesOfEmail } from '../tables/capabilities/statements.ts'
import { deletePendingOfEmail } from '../tables/pending-registrations/statements.ts'
import { deleteUserRow } from '../tables/users/delete.ts'
import type { Actor } from '../words/actor.ts'
import type { UserId } from '../words/ids.ts'
import { recordEvent } from './record-event.ts'

/**
 * Deletes a user and all personal data of the user, wherever it lies.
 *
 * Sessions and links go with the row. Sign-ups for the address and links that led nowhere name the address too. The
 * events stay, without where and with what the user's own doings were done.
 *
 * @param erasure.ifEpoch - only when the user's epoch still is this one
 */
export async function eraseUser(
  ctx: Context,
  tx: Database,
  erasure: { user: { id: UserId; email: string }; by: 'self' | Actor; ifEpoch?: number },
): Promise<boolean> {
  const { user, by, ifEpoch } = erasure
  if (!(await deleteUserRow(tx, { id: user.id, ifEpoch }))) return false
  await deletePendingOfEmail(tx, user.email)
  await deleteCapabilitiesOfEmail(tx, user.email)
  await recordEvent(ctx, tx, { kind: 'account_deleted', userId: user.id, by, details: {} })
  await eraseClients(tx, user.id)
  return true
}
