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
 * Deletes an account and everything that tells of its owner, wherever it lies.
 *
 * Sessions and links go with the row. Sign-ups for the address and links that led nowhere name the address too. The
 * events stay, without where and with what the owner's own doings were done.
 *
 * @param erasure.ifEpoch - only when the account's epoch still is this one
 */
export async function eraseUser(
  ctx: Context,
  tx: Database,
  erasure: { account: { id: UserId; email: string }; by: 'self' | Actor; ifEpoch?: number },
): Promise<boolean> {
  const { account, by, ifEpoch } = erasure
  if (!(await deleteUserRow(tx, { id: account.id, ifEpoch }))) return false
  await deletePendingOfEmail(tx, account.email)
  await deleteCapabilitiesOfEmail(tx, account.email)
  await recordEvent(ctx, tx, { kind: 'account_deleted', userId: account.id, by, details: {} })
  await eraseClients(tx, account.id)
  return true
}
