import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { Connection } from '../tables/connections/find.ts'
import type { SessionId } from '../words/ids.ts'
import { queueConnectionMail } from './queue-connection-mail.ts'
import { recordEvent } from './record-event.ts'

/** Records that a connection was removed, and tells its user by mail. */
export async function recordRemoval(
  ctx: Context,
  tx: Database,
  removal: { removed: Connection; sessionId?: SessionId; change: 'removed' | 'removedByProof' },
): Promise<void> {
  const { removed, sessionId, change } = removal
  const { id: connection, userId, provider } = removed
  const details = { connection, provider }
  const by = { by: 'self', sessionId: sessionId ?? null } as const
  await recordEvent(ctx, tx, { kind: 'connection_removed', userId, ...by, details })
  await queueConnectionMail(ctx, tx, { userId, provider, change })
}
