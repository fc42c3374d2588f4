import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { listConnectionsOfUser } from '../tables/connections/find.ts'
import type { UserId } from '../words/ids.ts'
import { nameProvider } from './name-provider.ts'
import { type NoticeRecipient, queueNotice } from './queue-notice.ts'

/**
 * Tells a user that its password was changed, and what signs it in besides: a new password ends no connection, so somebody
 * who had access may have left one.
 */
export async function queuePasswordNotice(
  ctx: Context,
  tx: Database,
  { userId, to }: { userId: UserId; to: NoticeRecipient },
): Promise<void> {
  const kept = await listConnectionsOfUser(tx, userId)
  const connections = [...new Set(kept.map(({ provider }) => nameProvider(ctx, provider)))]
  await queueNotice(ctx, tx, { kind: 'password-changed', to, connections })
}
