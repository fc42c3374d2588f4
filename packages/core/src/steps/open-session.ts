import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { insertSession, type OpenedSession } from '../tables/sessions/open.ts'
import type { AuditDetails } from '../words/audit-kinds.ts'
import { parseDevice } from '../words/device.ts'
import { newId, type SessionId, type UserId } from '../words/ids.ts'
import { describeNetwork } from './known-network.ts'
import { composeEvent } from './record-event.ts'

/**
 * Opens a session for a user whose credentials were just checked. The same statement records the sign-in.
 *
 * @param input.verifiedEpoch - the user's `sessionEpoch` that the check saw
 * @returns the session; null when the user changed since the check, and nothing was written
 * @see decision 052
 */
export async function openSession(
  ctx: Context,
  input: { userId: UserId; verifiedEpoch: number; method: AuditDetails['login']['method'] },
  db: Database = ctx.db,
): Promise<OpenedSession | null> {
  const { method, ...verified } = input
  const { userId } = input
  const device = parseDevice(ctx.client.userAgent)
  const id = newId<SessionId>()
  return insertSession(db, ctx.clock, {
    ...device,
    ...ctx.client,
    ...verified,
    id,
    network: describeNetwork(ctx),
    event: composeEvent(
      ctx,
      { kind: 'login', userId, by: 'self', sessionId: id, details: { method } },
      device,
    ),
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    lifetimeSeconds: ctx.config.sessionLifetimeSeconds,
    countedSessions: ctx.config.sessionsPerAccount,
  })
}
