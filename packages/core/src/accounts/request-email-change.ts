import { describeNow, sendDecoyLink, sendLink, type WriteMail } from '../capabilities/send-link.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { invalidFields } from '../errors.ts'
import { verifyOwnPassword } from '../passwords/verify-own-password.ts'
import type { Identity } from '../sessions/authenticate.ts'
import { transaction } from '../transaction.ts'
import { isEmailTaken } from './store.ts'

/** A wish for another address. */
export interface EmailChangeRequest {
  identity: Identity
  /** Normalised. */
  newEmail: string
  /** The account's password, asked for again; NFC-normalised. */
  password: string
}

/**
 * Mails a link to a new address and a notice to the present one; nothing changes until the link is followed.
 *
 * An address that has an account already is answered alike and costs the same, but gets no link.
 *
 * @throws {DomainError} `invalid` - another password; nothing was sent
 */
export async function requestEmailChange(ctx: Context, input: EmailChangeRequest): Promise<void> {
  const verified = await verifyOwnPassword(ctx, input.identity.userId, input.password)
  if (!verified) throw invalidFields({ password: ['Your password was entered incorrectly.'] })
  await transaction(ctx.db, async (tx) => {
    await queueLink(ctx, tx, input)
    await ctx.mailer.queue(tx, {
      kind: 'email-change-requested',
      to: verified.email,
      variables: { email: verified.email, newEmail: input.newEmail, requestedAt: describeNow(ctx) },
    })
  })
}

async function queueLink(ctx: Context, tx: Database, input: EmailChangeRequest): Promise<void> {
  const { newEmail: email, identity } = input
  const mail: WriteMail = (mailed) => ({
    kind: 'confirm-email-change',
    to: email,
    variables: { newEmail: email, ...mailed },
  })
  if (await isEmailTaken(tx, email)) return sendDecoyLink(ctx, tx, { email, mail })
  const { userId, sessionId } = identity
  return sendLink(ctx, tx, { purpose: 'change_email', email, userId, sessionId, mail })
}
