import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/identity.ts'
import { recordRemoval } from '../../steps/record-removal.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import { requireWayIn } from '../../steps/require-way-in.ts'
import { takeConnection } from '../../tables/connections/change.ts'
import { lockSession } from '../../tables/locks.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { DomainError } from '../../words/errors.ts'
import { type ConnectionId, isId } from '../../words/ids.ts'

/**
 * Removes a connection of the caller. Sessions that it opened stay, and a sign-in by it that waits for its second step is
 * void.
 *
 * @param input.connectionId - as sent; a text that is not an id names an unknown connection
 * @throws {DomainError} `not_found` - the connection is unknown, was removed, or belongs to another user
 * @throws {DomainError} `disconnect_not_allowed` - it is the last way in; nothing was written
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `insufficient_user_authentication` - see {@link requireRecent}
 */
export async function disconnectProvider(
  ctx: Context,
  input: { identity: Identity; connectionId: string },
): Promise<void> {
  const { identity, connectionId } = input
  await requireRecent(ctx, identity)
  const { userId, sessionId } = identity
  if (!isId(connectionId)) throw new DomainError('not_found')
  const own = { id: connectionId as ConnectionId, userId }
  await transaction(ctx.db, async (tx) => {
    // The lock comes before the question what is left. A refusal rolls the epoch back.
    await changeSecurity(tx, ctx.clock, { id: userId })
    const removed = await takeConnection(tx, own)
    if (!removed) throw new DomainError('not_found')
    await requireWayIn(ctx, tx, userId)
    if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
    await recordRemoval(ctx, tx, { removed, sessionId, change: 'removed' })
  })
}
