import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { findSqlState } from '../database/transaction.ts'
import { deleteCapabilitiesOfUser } from '../tables/capabilities/statements.ts'
import { retirePendings } from '../tables/pending-registrations/retire.ts'
import { changeSecurity } from '../tables/users/change.ts'
import type { UserId } from '../words/ids.ts'
import { type NoticeRecipient, queueNotice } from './queue-notice.ts'
import { type RecordedActor, recordEvent } from './record-event.ts'

const UNIQUE_VIOLATION = '23505'

/**
 * Gives a locked user a verified address, deletes its links, retires the sign-ups for both addresses, records the
 * change, and sends a notice to the former address. The caller ends the sessions.
 *
 * @param change.keepLink - the hash of a link that stays
 * @throws when another user has the address, see {@link isTakenAddress}
 */
export async function changeAddress(
  ctx: Context,
  tx: Database,
  change: { user: NoticeRecipient & { id: UserId }; email: string; by: RecordedActor; keepLink?: string },
): Promise<void> {
  const { user, email, by, keepLink } = change
  // The user asked for its own link with the password. Who asked staff is not known to be the reader of the mailbox.
  const ownerUnproven = by !== 'self'
  await changeSecurity(tx, ctx.clock, { id: user.id, email, emailVerified: true, ownerUnproven })
  await deleteCapabilitiesOfUser(tx, user.id, keepLink)
  for (const changed of [user.email, email]) await retirePendings(tx, { email: changed })
  await recordEvent(ctx, tx, { kind: 'email_changed', userId: user.id, by, details: {} })
  await queueNotice(ctx, tx, { kind: 'email-changed', to: user, newEmail: email })
}

/** Answers whether a change of address failed because another user has the address: no other column is unique there. */
export function isTakenAddress(error: unknown): boolean {
  return findSqlState(error) === UNIQUE_VIOLATION
}
