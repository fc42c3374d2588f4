import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { actOnAccount } from '../../steps/authorise.ts'
import { countMail } from '../../steps/count-calls.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { sendLink } from '../../steps/send-link.ts'
import type { Actor } from '../../words/actor.ts'
import { invalidFields } from '../../words/errors.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Mails an account's owner a link for a new password.
 *
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnAccount}
 * @throws {DomainError} `invalid` - the account is deactivated: a link would open nothing; or no mail is sent here
 */
export async function sendReset(ctx: Context, input: { by: Actor; userId: string }): Promise<void> {
  await actOnAccount(ctx, input, async (tx, account) => {
    if (!ctx.mailer.sends) throw invalidFields({ non_field_errors: ['This server sends no mail.'] })
    if (!account.isActive) throw invalidFields({ non_field_errors: ['The account is deactivated.'] })
    await queueResetLink(ctx, tx, { by: input.by, account, invitation: false })
  })
}

/** Stores and mails a reset link on behalf of whoever acts, and records that. */
export async function queueResetLink(
  ctx: Context,
  tx: Database,
  reset: { by: Actor; account: { id: UserId; email: string }; invitation: boolean },
): Promise<void> {
  const { id: userId, email } = reset.account
  if (reset.by.kind === 'staff') await countMail(ctx, email)
  await sendLink(ctx, tx, {
    purpose: 'reset_password',
    email,
    userId,
    mail: (mailed) => ({ kind: 'reset-password', to: email, variables: { email, ...mailed } }),
  })
  const details = { invitation: reset.invitation }
  await recordEvent(ctx, tx, { kind: 'password_reset_sent', userId, by: reset.by, details })
}
