import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { type AuditEvent, listEvents } from '../../tables/audit-events/statements.ts'
import type { AuditActor, AuditDetails, AuditKind } from '../../words/audit-kinds.ts'
import type { EventId, SessionId } from '../../words/ids.ts'
import { cutPage, type Page, type PageRequest } from '../../words/page.ts'

/** An event as its user sees it. */
export interface SecurityEvent {
  id: EventId
  kind: AuditKind
  createdAt: Date
  actor: AuditActor
  sessionId: SessionId | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  details: AuditDetails[AuditKind]
}

/** Lists the events of the caller, newest first. An event by staff does not say which member, device or network. */
export async function listSecurityEvents(
  ctx: Context,
  input: { identity: Identity; page: PageRequest },
): Promise<Page<SecurityEvent>> {
  const rows = await listEvents(ctx.db, { ...input.page, userId: input.identity.userId })
  const { items, nextCursor } = cutPage(rows, input.page.limit)
  return { items: items.map(describeForUser), nextCursor }
}

function describeForUser({ userId: _, actorId: __, ...event }: AuditEvent): SecurityEvent {
  if (event.actor === 'self' || event.actor === 'anyone') return event
  return { ...event, ip: null, browser: null, os: null, device: null }
}
