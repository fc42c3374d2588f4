import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { countMail } from '../../steps/count-mail.ts'
import { sendDecoyLink } from '../../steps/send-link.ts'
import { lockCredentialsByEmail } from '../../tables/locks.ts'
import {
  extendPending,
  findNewestPending,
  type PendingRegistration,
} from '../../tables/pending-registrations/statements.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { queueConfirmationMail, queueVerificationMail } from './queue-verification-mail.ts'

/**
 * Mails a new verification link to an unverified user, or for the newest pending sign-up of an address. Any other
 * address gets the same answer at the same cost.
 *
 * @param input.email - normalised
 */
export async function resendVerification(ctx: Context, input: { email: string }): Promise<void> {
  const { email } = input
  await countMail(ctx, email)
  await transaction(ctx.db, async (tx) => {
    const user = await lockCredentialsByEmail(tx, email)
    const pending = await findNewestPending(tx, ctx.clock, email)
    const waits = findWaiting(ctx, user, pending)
    const lifetimeSeconds = ctx.config.emailConfirmationLifetimeSeconds
    await extendPending(tx, ctx.clock, {
      id: waits === pending && pending ? pending.id : null,
      lifetimeSeconds,
    })
    if (!waits) await queueDecoy(ctx, tx, email)
    else if (waits === user) await queueVerificationMail(ctx, tx, user)
    else if (pending) await queueConfirmationMail(ctx, tx, pending)
  })
}

/** Returns the one that needs a link: the user, which has precedence, or the pending sign-up. */
function findWaiting(ctx: Context, user: Credentials | null, pending: PendingRegistration | null) {
  const { emailVerification } = ctx.config
  if (emailVerification === 'none') return null
  if (user) return user.isActive && !user.emailVerified ? user : null
  return emailVerification === 'mandatory' ? pending : null
}

async function queueDecoy(ctx: Context, tx: Database, email: string): Promise<void> {
  await sendDecoyLink(ctx, tx, {
    email,
    mail: ({ link, lifetime }) => ({ kind: 'verify-email', to: email, variables: { email, link, lifetime } }),
  })
}
