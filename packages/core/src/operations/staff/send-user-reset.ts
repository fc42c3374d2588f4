import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { isUnusedInvitation } from '../../tables/audit-events/unused.ts'
import { invalidFields } from '../../words/errors.ts'
import { SENTENCES } from '../../words/sentences.ts'
import { queueResetLink } from './queue-reset-link.ts'

/**
 * Mails a user a link for a new password. A user who was invited and has not chosen a password is invited again.
 *
 * @param input.redirectTo - the allowed address of the form that the link leads on to
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 * @throws {DomainError} `invalid` - the user is deactivated, or this server sends no mail; nothing was written
 */
export async function sendUserReset(
  ctx: Context,
  input: { by: Actor; userId: string; redirectTo?: string },
): Promise<void> {
  const { by, redirectTo } = input
  await actOnUser(ctx, input, async (tx, user) => {
    if (!ctx.outbox.sends) throw invalidFields({ nonFieldErrors: [SENTENCES.noMail] })
    if (!user.isActive) throw invalidFields({ nonFieldErrors: [SENTENCES.deactivatedAccount] })
    const isInvitation = await isUnusedInvitation(tx, user.id)
    await queueResetLink(ctx, tx, { by, user, isInvitation, redirectTo })
  })
}
