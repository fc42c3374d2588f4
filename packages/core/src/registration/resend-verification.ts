import { findCredentialsByEmail } from '../accounts/store.ts'
import { sendDecoyLink } from '../capabilities/send-link.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { transaction } from '../transaction.ts'
import { queueConfirmationMail, queueVerificationMail } from './queue-verification-mail.ts'
import { extendPending, findNewestPending } from './store.ts'

/**
 * Mails a new verification link to an address that waits for one: an unverified account, or the newest pending
 * sign-up. Any other address is answered alike and costs the same.
 *
 * @param input.email - normalised
 */
export async function resendVerification(ctx: Context, input: { email: string }): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    const sent = ctx.config.emailVerification !== 'none' && (await queueWhatIsDue(ctx, tx, input.email))
    if (!sent) await queueDecoy(ctx, tx, input.email)
  })
}

async function queueWhatIsDue(ctx: Context, tx: Database, email: string): Promise<boolean> {
  const user = await findCredentialsByEmail(tx, email)
  const pending = await findNewestPending(tx, ctx.clock, email)
  if (user) {
    if (!user.isActive || user.emailVerified) return false
    await queueVerificationMail(ctx, tx, user)
    return true
  }
  if (!pending || ctx.config.emailVerification !== 'mandatory') return false
  const lifetimeSeconds = ctx.config.emailConfirmationLifetimeSeconds
  await extendPending(tx, ctx.clock, { id: pending.id, lifetimeSeconds })
  await queueConfirmationMail(ctx, tx, pending)
  return true
}

async function queueDecoy(ctx: Context, tx: Database, email: string): Promise<void> {
  await sendDecoyLink(ctx, tx, {
    email,
    mail: ({ link, lifetime }) => ({ kind: 'verify-email', to: email, variables: { email, link, lifetime } }),
  })
}
