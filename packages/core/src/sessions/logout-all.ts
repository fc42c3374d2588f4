import { lockUser } from '../accounts/store.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Context } from '../context.ts'
import { transaction } from '../transaction.ts'
import type { Identity } from './authenticate.ts'
import { deleteSessionsOfUser } from './store/end.ts'

/** Ends every session of the caller, the calling one too. */
export async function logoutAll(ctx: Context, input: { identity: Identity }): Promise<void> {
  const { userId, sessionId } = input.identity
  await transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    const { length: sessions } = await deleteSessionsOfUser(tx, userId)
    await recordEvent(ctx, tx, { kind: 'logout_all', userId, by: 'self', sessionId, details: { sessions } })
  })
}
