import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/authenticate.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { lockUser } from '../../tables/users/statements.ts'

/** Ends every session of the caller, the calling one too. */
export async function logoutAll(ctx: Context, input: { identity: Identity }): Promise<void> {
  const { userId, sessionId } = input.identity
  await transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    const { length: sessions } = await deleteSessionsOfUser(tx, userId)
    await recordEvent(ctx, tx, { kind: 'logout_all', userId, by: 'self', sessionId, details: { sessions } })
  })
}
