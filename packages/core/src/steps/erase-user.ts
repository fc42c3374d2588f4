import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { eraseClients } from '../tables/audit-events/statements.ts'
import { deleteCapabilitiesOfEmail } from '../tables/capabilities/statements.ts'
import { deletePendingOfEmail } from '../tables/pending-registrations/statements.ts'
import { deleteUserRow } from '../tables/users/delete.ts'
import type { UserId } from '../words/ids.ts'
import type { Actor } from './actor.ts'
import { recordEvent } from './record-event.ts'

/**
 * Deletes a user and all its personal data.
 *
 * The foreign keys delete sessions, links and known networks. Pending sign-ups and decoy links of the address name it
 * too, so they are deleted. Events stay, without the IP address and the device of the user.
 *
 * @param erasure.ifEpoch - the epoch that a check saw; the user is deleted only if its epoch is still the same
 * @returns false when the user is gone or its epoch moved; nothing was written
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
