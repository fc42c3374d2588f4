import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { insertEvent, type NewAuditEvent } from '../tables/audit-events/statements.ts'
import type { AuditDetails, AuditKind } from '../words/audit-kinds.ts'
import { type Device, parseDevice } from '../words/device.ts'
import { type EventId, newId, type SessionId, type UserId } from '../words/ids.ts'
import { truncateIp } from '../words/truncate-ip.ts'
import type { Actor } from './actor.ts'

/** Who caused an event: the user itself, anyone without proof, or an actor on another user. */
export type RecordedActor = 'self' | 'anyone' | Actor

/** An event to be recorded, with the details of its kind. */
export type EventRequest = {
  [K in AuditKind]: {
    kind: K
    /** Null when no user has the address, or when the statement that stores the event supplies the user. */
    userId: UserId | null
    by: RecordedActor
    sessionId?: SessionId
    details: AuditDetails[K]
  }
}[AuditKind]

/**
 * Records an event.
 *
 * @param db - the transaction of the event, so that both are rolled back together; the database itself for a refusal,
 *   so that the event is committed before the caller throws
 */
export async function recordEvent(ctx: Context, db: Database, event: EventRequest): Promise<void> {
  await insertEvent(db, ctx.clock, composeEvent(ctx, event))
}

/** Composes an event from a request and its client. A caller that has parsed the `device` passes it. */
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
