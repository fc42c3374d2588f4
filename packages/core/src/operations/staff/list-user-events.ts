import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { getReadableUser } from '../../steps/authorise.ts'
import { type AuditEvent, listEvents } from '../../tables/audit-events/statements.ts'
import { cutPage, type Page, type PageRequest } from '../../words/page.ts'

/**
 * Lists the events of a user, newest first, with the member of staff who caused an event.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link getReadableUser}
 */
export async function listUserEvents(
  ctx: Context,
  input: { by: Actor; userId: string; page: PageRequest },
): Promise<Page<AuditEvent>> {
  const user = await getReadableUser(ctx, input)
  const rows = await listEvents(ctx.db, { ...input.page, userId: user.id })
  return cutPage(rows, input.page.limit)
}
