import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/identity.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { lockUser } from '../../tables/locks.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'

/** Ends every session of the caller, the present one too. */
export async function logoutAll(ctx: Context, input: { identity: Identity }): Promise<void> {
  const { userId, sessionId } = input.identity
  await transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    const sessions = await deleteSessionsOfUser(tx, userId)
    await recordEvent(ctx, tx, { kind: 'logout_all', userId, by: 'self', sessionId, details: { sessions } })
  })
}
