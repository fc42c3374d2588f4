import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { deleteEmailChanges } from '../tables/capabilities/email-changes.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { recordEvent } from './record-event.ts'

/**
 * Voids the change of address of a user that waits for its link, and records that. Without such a change nothing happens.
 *
 * The caller has locked the user's row, so the link is either used or void.
 *
 * @param by.sessionId - the session of the caller; null for none
 */
export async function voidEmailChange(
  ctx: Context,
  tx: Database,
  by: { userId: UserId; sessionId: SessionId | null },
): Promise<void> {
  const { userId, sessionId } = by
  if (!(await deleteEmailChanges(tx, ctx.clock, userId))) return
  await recordEvent(ctx, tx, { kind: 'email_change_cancelled', userId, by: 'self', sessionId, details: {} })
}
