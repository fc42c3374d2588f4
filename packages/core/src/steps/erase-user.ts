import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { eraseClients } from '../tables/audit-events/statements.ts'
import { deleteDecoysOfEmail } from '../tables/capabilities/statements.ts'
import { hideShadows, retirePendings } from '../tables/pending-registrations/retire.ts'
import { deleteUserRow } from '../tables/users/delete.ts'
import type { UserId } from '../words/ids.ts'
import type { Actor } from './actor.ts'
import { hideAddress } from './address-forms.ts'
import { type NoticeRecipient, queueNotice } from './queue-notice.ts'
import { recordEvent } from './record-event.ts'

/**
 * Deletes a user and all its personal data. The last mail to its address tells that the account was deleted.
 *
 * The foreign keys delete sessions, links and known networks. Decoy links of the address name it too, so they are
 * deleted. Shadows of the address stay until they expire, with a keyed hash of the address: if they went now, a sign-in
 * would tell that a user was deleted. Events stay, without the IP address and the device of the user.
 *
 * @param erasure.ifEpoch - the epoch that a check saw; the user is deleted only if its epoch is still the same
 * @returns false when the user is gone or its epoch moved; nothing was written
 */
export async function eraseUser(
  ctx: Context,
  tx: Database,
  erasure: { user: NoticeRecipient & { id: UserId }; by: 'self' | Actor; ifEpoch?: number },
): Promise<boolean> {
  const { user, by, ifEpoch } = erasure
  if (!(await deleteUserRow(tx, { id: user.id, ifEpoch }))) return false
  const { email } = user
  await retirePendings(tx, { email })
  await hideShadows(tx, { email, hidden: hideAddress(ctx, email) })
  await deleteDecoysOfEmail(tx, email)
  await recordEvent(ctx, tx, { kind: 'account_deleted', userId: user.id, by, details: {} })
  await eraseClients(tx, [user.id])
  await queueNotice(ctx, tx, { kind: 'account-deleted', to: user })
  return true
}
