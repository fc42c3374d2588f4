import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { newId, type SessionId, type UserId } from '../ids.ts'
import { describeNetwork } from '../throttle/known-networks.ts'
import type { TokenSubject } from '../tokens/claims.ts'
import { parseDevice } from './device.ts'
import { insertSession } from './store.ts'

/**
 * Opens a session for a user whose credentials were just verified.
 *
 * @param input.verifiedEpoch - the account's `sessionEpoch` as the check saw it
 * @param db - the transaction that made the account, or the database
 * @returns what its tokens say, or null when the account changed since the check
 */
export async function openSession(
  ctx: Context,
  input: { userId: UserId; verifiedEpoch: number },
  db: Database = ctx.db,
): Promise<TokenSubject | null> {
  return insertSession(db, ctx.clock, {
    ...parseDevice(ctx.client.userAgent),
    ...ctx.client,
    ...input,
    network: describeNetwork(ctx),
    id: newId<SessionId>(),
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    lifetimeSeconds: ctx.config.sessionLifetimeSeconds,
  })
}
