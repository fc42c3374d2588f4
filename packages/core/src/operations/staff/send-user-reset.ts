import type { Context } from '../../context.ts'
import { actOnUser } from '../../steps/authorise.ts'
import type { Actor } from '../../words/actor.ts'
import { invalidFields } from '../../words/errors.ts'
import { queueResetLink } from './queue-reset-link.ts'

/**
 * Mails an account's owner a link for a new password.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 * @throws {DomainError} `invalid` - the account is deactivated: a link would open nothing; or no mail is sent here
 */
export async function sendUserReset(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  await actOnUser(ctx, input, async (tx, account) => {
    if (!ctx.mailer.sends) throw invalidFields({ non_field_errors: ['This server sends no mail.'] })
    if (!account.isActive) throw invalidFields({ non_field_errors: ['The account is deactivated.'] })
    await queueResetLink(ctx, tx, { by: input.by, account, invitation: false })
  })
}
