import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { SUPERUSER_ROLE } from '../../words/roles.ts'

/**
 * Gives a user another role, and ends the user's sessions, because their tokens state the old role. Needs a superuser.
 *
 * @param input.role - 0 user, 1000 staff, 900 superuser; other numbers mean what the operator decides
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function setUserRole(
  ctx: Context,
  input: { by: Actor; userId: string; role: number },
): Promise<void> {
  const { by, role } = input
  const act = { by, userId: input.userId, superuser: true, lowers: role !== SUPERUSER_ROLE }
  await actOnUser(ctx, act, async (tx, { id: userId, role: former }) => {
    if (role === former) return
    await changeSecurity(tx, ctx.clock, { id: userId, role })
    // The sessions are deleted, because a rotation that waits for this lock would return the old role.
    await deleteSessionsOfUser(tx, userId)
    const details = { from: former, to: role }
    await recordEvent(ctx, tx, { kind: 'role_changed', userId, by, details })
  })
}
