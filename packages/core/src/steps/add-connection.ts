import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { insertConnection } from '../tables/connections/change.ts'
import type { Connection } from '../tables/connections/find.ts'
import { type ConnectionId, newId, type SessionId, type UserId } from '../words/ids.ts'
import { queueConnectionMail } from './queue-connection-mail.ts'
import { recordEvent } from './record-event.ts'

/** A connection to be made. */
export interface NewConnection {
  userId: UserId
  provider: string
  /** The subject. */
  uid: string
  /** The session of a caller who connects by hand. */
  sessionId?: SessionId
}

/**
 * Connects an account at a provider to a user who was there before, records it and tells the user by mail.
 *
 * The caller has locked the user's row.
 *
 * @returns null when any user has the subject, and nothing was written
 */
export async function addConnection(
  ctx: Context,
  tx: Database,
  connection: NewConnection,
): Promise<Connection | null> {
  const { sessionId, ...values } = connection
  const added = await insertConnection(tx, ctx.clock, { ...values, id: newId<ConnectionId>() })
  if (!added) return null
  const { userId, provider } = added
  await recordConnection(ctx, tx, { added, sessionId })
  await queueConnectionMail(ctx, tx, { userId, provider, change: 'added' })
  return added
}

/** Records that a connection was made. */
export async function recordConnection(
  ctx: Context,
  tx: Database,
  { added, sessionId }: { added: Connection; sessionId?: SessionId | undefined },
): Promise<void> {
  const { id: connection, userId, provider } = added
  const details = { connection, provider }
  const by = { by: 'self', sessionId: sessionId ?? null } as const
  await recordEvent(ctx, tx, { kind: 'connection_added', userId, ...by, details })
}
