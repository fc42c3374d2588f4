import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import {
  countEvent,
  insertEvent,
  insertEventOnce,
  type NewAuditEvent,
} from '../tables/audit-events/statements.ts'
import type { AuditDetails, AuditKind } from '../words/audit-kinds.ts'
import { type Device, parseDevice } from '../words/device.ts'
import { type EventId, eventIdOf, newId, type SessionId, type UserId } from '../words/ids.ts'
import { findNetwork } from '../words/network.ts'
import { HOUR_SECONDS } from '../words/time.ts'
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
    sessionId?: SessionId | null
    details: AuditDetails[K]
  }
}[AuditKind]

/** The rows of an hour for the events of one kind without a user. Concurrent events seldom wait for one another. */
const PLACES = 16

/**
 * Records an event. An event without a user is counted, because anybody can cause any number of them.
 *
 * @param db - the transaction of the event, so that both are rolled back together; the database itself for a refusal,
 *   so that the event is committed before the caller throws
 */
export async function recordEvent(ctx: Context, db: Database, event: EventRequest): Promise<void> {
  if (event.userId === null) return countEventOfHour(ctx, db, event)
  await insertEvent(db, ctx.clock, composeEvent(ctx, event))
}

/** Records an event unless the same key had one since `startsAt`. Concurrent calls record it once, too. */
export async function recordOnce(
  ctx: Context,
  event: EventRequest,
  window: { key: string; startsAt: Date },
): Promise<void> {
  const id = eventIdOf({ key: `${event.kind} ${window.key}`, startsAt: window.startsAt.getTime() })
  await insertEventOnce(ctx.db, ctx.clock, { ...composeEvent(ctx, event), id })
}

/** Adds an event to the row of its kind, user and details for this hour. Without a user there are a few such rows. */
export async function countEventOfHour(ctx: Context, db: Database, event: EventRequest): Promise<void> {
  const place = event.userId === null ? describePlace(ctx) : ''
  const hour = Math.floor(ctx.clock.epochSeconds() / HOUR_SECONDS) * HOUR_SECONDS
  const key = JSON.stringify([event.kind, event.userId, event.details, place])
  const id = eventIdOf({ key, startsAt: hour * 1000 })
  await countEvent(db, ctx.clock, { ...composeEvent(ctx, event), id })
}

/** One of the places of an hour, by the network of the client. */
function describePlace(ctx: Context): string {
  const hidden = ctx.throttle.hide(findNetwork(ctx.client.ip) ?? '')
  return String((Buffer.from(hidden, 'base64url')[0] ?? 0) % PLACES)
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
