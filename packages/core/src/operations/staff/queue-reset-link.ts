import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import type { MailRequest } from '../../services/mail/mail-kinds.ts'
import type { Actor } from '../../steps/actor.ts'
import { countStaffMail } from '../../steps/count-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { type MailedLink, sendLink } from '../../steps/send-link.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Stores, mails and records a reset link that staff or the operator sends.
 *
 * The link of an invitation does the same. It works for longer, and its mail has words of its own.
 */
export async function queueResetLink(
  ctx: Context,
  tx: Database,
  reset: {
    by: Actor
    user: Addressee & { id: UserId }
    isInvitation: boolean
    /** The allowed address of the form that the link leads on to. */
    redirectTo: string | undefined
  },
): Promise<void> {
  const { isInvitation, user } = reset
  const { id: userId, email } = user
  if (reset.by.kind === 'staff') await countStaffMail(ctx, email)
  await sendLink(ctx, tx, {
    purpose: 'reset_password',
    email,
    userId,
    redirectTo: reset.redirectTo,
    mail: (mailed) => (isInvitation ? writeInvitation(user, mailed) : writeReset(user, mailed)),
    ...(isInvitation && { lifetimeSeconds: ctx.config.invitationLifetimeSeconds }),
  })
  const details = { invitation: isInvitation }
  await recordEvent(ctx, tx, { kind: 'password_reset_sent', userId, by: reset.by, details })
}

interface Addressee {
  email: string
  language: string | null
}

function writeReset({ email, language }: Addressee, mailed: MailedLink): MailRequest {
  return { kind: 'reset-password', to: email, language, variables: { email, ...mailed } }
}

/** Nobody is named in it: the address is not proven yet, and a name is a text that a caller typed. */
function writeInvitation({ email, language }: Addressee, { link, lifetime }: MailedLink): MailRequest {
  return { kind: 'invitation', to: email, language, variables: { email, link, lifetime } }
}
