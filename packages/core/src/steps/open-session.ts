import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { insertSession, type StoredSession } from '../tables/sessions/open.ts'
import type { AuditDetails } from '../words/audit-kinds.ts'
import type { DatedSubject, SessionLevel } from '../words/claims.ts'
import { parseDevice } from '../words/device.ts'
import { newId, type SessionId, type UserId } from '../words/ids.ts'
import { describeNetwork } from './known-network.ts'
import { composeEvent } from './record-event.ts'

/** A user whose sign-in is complete. */
export interface CompleteSignIn {
  userId: UserId
  /** The user's `sessionEpoch` that the first check saw. */
  verifiedEpoch: number
  method: AuditDetails['login']['method']
  second: AuditDetails['login']['second']
  /** What was proven. */
  level: SessionLevel
}

/** A new session: what its tokens state, and what the limit of sessions asks for. */
export type OpenedSession = StoredSession & DatedSubject

/**
 * Opens a session for a user who has proven everything that is asked of it. The same statement records the sign-in.
 *
 * It asks for no second factor. So only `admit`, and the operations that end a challenge or verify a passkey, may call
 * it; `gate-imports.test.ts` reads the imports.
 *
 * @returns the session; null when the user changed since the check, and nothing was written
 * @see decision 052
 * @see decision 117
 */
export async function openSession(
  ctx: Context,
  signIn: CompleteSignIn,
  db: Database = ctx.db,
): Promise<OpenedSession | null> {
  const { userId, verifiedEpoch, method, second, level } = signIn
  const device = parseDevice(ctx.client.userAgent)
  const id = newId<SessionId>()
  const details = { method, second }
  const issuedAt = ctx.clock.epochSeconds()
  const stored = await insertSession(db, ctx.clock, {
    ...device,
    ...ctx.client,
    ...level,
    userId,
    verifiedEpoch,
    id,
    network: describeNetwork(ctx),
    event: composeEvent(ctx, { kind: 'login', userId, by: 'self', sessionId: id, details }, device),
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    lifetimeSeconds: ctx.config.sessionLifetimeSeconds,
    countedSessions: ctx.config.sessionsPerAccount,
    binding: ctx.binding,
  })
  return stored && { ...stored, issuedAt }
}
