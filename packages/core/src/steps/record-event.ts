import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { insertEvent, type NewAuditEvent } from '../tables/audit-events/statements.ts'
import type { Actor } from '../words/actor.ts'
import type { AuditDetails, AuditKind } from '../words/audit-kinds.ts'
import { type Device, parseDevice } from '../words/device.ts'
import { type EventId, newId, type SessionId, type UserId } from '../words/ids.ts'
import { truncateIp } from '../words/truncate-ip.ts'

/** Who did it: the user, anyone at all, or an actor on somebody else's user. */
export type RecordedActor = 'self' | 'anyone' | Actor

/** An event of a kind, with the details that kind has. */
export type EventRequest = {
  [K in AuditKind]: {
    kind: K
    /** Null where an address has no user, or where the statement that records it knows. */
    userId: UserId | null
    by: RecordedActor
    sessionId?: SessionId
    details: AuditDetails[K]
  }
}[AuditKind]

/**
 * Records what happened.
 *
 * @param db - the transaction of what happened, which it is rolled back with; the database itself for a refusal
 * that must leave a mark, which is then committed before the refusal is thrown
 */
export async function recordEvent(ctx: Context, db: Database, event: EventRequest): Promise<void> {
  await insertEvent(db, ctx.clock, composeEvent(ctx, event))
}

/** Composes an event from a request and its client; `device` is the client's, where it was parsed already. */
export function composeEvent(
  ctx: Context,
  event: EventRequest,
  device: Device = parseDevice(ctx.client.userAgent),
): NewAuditEvent {
  const { kind, userId, sessionId = null, details } = event
  const { ip } = ctx.client
  return {
    id: newId<EventId>(),
    userId,
    ...describeActor(event),
    kind,
    sessionId,
    ip: ip !== null && ctx.config.auditTruncateIp ? truncateIp(ip) : ip,
    ...device,
    details,
  }
}

function describeActor({ by, userId }: EventRequest): Pick<NewAuditEvent, 'actor' | 'actorId'> {
  if (by === 'self') return { actor: 'self', actorId: userId }
  if (by === 'anyone') return { actor: 'anyone', actorId: null }
  return { actor: by.kind, actorId: by.kind === 'staff' ? by.identity.userId : null }
}
