import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { isUnusedInvitation } from '../../tables/audit-events/unused.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { deleteFactors } from '../../tables/totp-factors/delete-factors.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { UserRecord } from '../../tables/users/columns.ts'
import { UNUSABLE_PASSWORD } from '../../words/foreign-hashes/foreign-hash.ts'
import { queueResetLink } from './queue-reset-link.ts'

/** What a reset of second factors did. */
export interface FactorReset {
  /** How many sessions ended. */
  sessions: number
  /** Whether the password stays as it is. */
  keepsPassword: boolean
  /** Whether a link for a new password was mailed. A deactivated user gets none, because no link works for it. */
  isMailed: boolean
}

/**
 * Removes every second factor of a user, and ends its sessions and links.
 *
 * The password is removed, and a reset link is mailed. So a caller who talks support into a
 * reset still needs the mailbox. A server that sends no mail keeps the password, and only superusers may act there.
 *
 * @param input.keepPassword - keeps the password and mails no link; for the operator
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 * @throws {DomainError} `throttled` - staff have mailed this user too often; nothing was written
 */
export async function resetUserFactors(
  ctx: Context,
  input: { by: Actor; userId: string; keepPassword?: boolean },
): Promise<FactorReset> {
  const { by, userId, keepPassword = false } = input
  const keepsPassword = keepPassword || !ctx.outbox.sends
  const passwordHash = keepsPassword ? undefined : UNUSABLE_PASSWORD
  const act = { by, userId, superuser: !ctx.outbox.sends }
  return actOnUser(ctx, act, async (tx, user) => {
    const { id } = user
    await changeSecurity(tx, ctx.clock, { id, secondFactor: false, passwordHash })
    const hadFactors = await deleteFactors(tx, id)
    await deleteCapabilitiesOfUser(tx, id)
    const sessions = await deleteSessionsOfUser(tx, id)
    const details = { reason: 'staff' } as const
    await recordEvent(ctx, tx, { kind: 'factors_reset', userId: id, by, details })
    const isMailed = !keepsPassword && user.isActive
    // The link is counted first, so a refusal for its limit comes before any mail.
    if (isMailed) await mailResetLink(ctx, tx, { by, user })
    if (hadFactors) await queueFactorMail(ctx, tx, { userId: id, change: { kind: 'removedBySupport' } })
    return { sessions, keepsPassword, isMailed }
  })
}

async function mailResetLink(ctx: Context, tx: Database, reset: { by: Actor; user: UserRecord }) {
  const isInvitation = await isUnusedInvitation(tx, reset.user.id)
  await queueResetLink(ctx, tx, { ...reset, isInvitation, redirectTo: undefined })
}
