import { lockUser } from '../accounts/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../transaction.ts'
import type { Identity } from './authenticate.ts'
import { deleteSessionsOfUser } from './store.ts'

/** Ends every session of the caller, the calling one too. */
export async function logoutAll(ctx: Context, input: { identity: Identity }): Promise<void> {
  const { userId } = input.identity
  await transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    await deleteSessionsOfUser(tx, userId)
  })
}
