import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import type { Actor } from '../../steps/actor.ts'
import { countMail } from '../../steps/count-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { sendLink } from '../../steps/send-link.ts'
import type { UserId } from '../../words/ids.ts'

/** Stores, mails and records a reset link that staff or the operator sends. */
export async function queueResetLink(
  ctx: Context,
  tx: Database,
  reset: {
    by: Actor
    user: { id: UserId; email: string }
    invitation: boolean
    /** The allowed address of the form that the link leads on to. */
    redirectTo: string | undefined
  },
): Promise<void> {
  const { id: userId, email } = reset.user
  if (reset.by.kind === 'staff') await countMail(ctx, email)
  await sendLink(ctx, tx, {
    purpose: 'reset_password',
    email,
    userId,
    redirectTo: reset.redirectTo,
    mail: (mailed) => ({ kind: 'reset-password', to: email, variables: { email, ...mailed } }),
  })
  const details = { invitation: reset.invitation }
  await recordEvent(ctx, tx, { kind: 'password_reset_sent', userId, by: reset.by, details })
}
