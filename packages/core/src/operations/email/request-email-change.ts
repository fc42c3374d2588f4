import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { countAddressRequest, countMail } from '../../steps/count-mail.ts'
import type { Identity } from '../../steps/identity.ts'
import { queueNotice } from '../../steps/queue-notice.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { sendDecoyLink, sendLink, type WriteMail } from '../../steps/send-link.ts'
import { verifyOwnPassword } from '../../steps/verify-own-password.ts'
import { verifyOwner } from '../../steps/verify-owner.ts'
import { deleteEmailChanges } from '../../tables/capabilities/email-changes.ts'
import { lockSession, lockUnchangedUser } from '../../tables/locks.ts'
import { findCredentials, isEmailTaken } from '../../tables/users/find.ts'
import { DomainError, type FieldFaults, invalidFields } from '../../words/errors.ts'
import { SENTENCES } from '../../words/sentences.ts'
import { isUsablePassword } from '../../words/usable-password.ts'

/** A request for another address. */
export interface EmailChangeRequest {
  identity: Identity
  /** Normalised. */
  newEmail: string
  /** The user's password, which the caller must give again; as it was typed. A user without one leaves it out. */
  password?: string | undefined
  /** The allowed address that the link leads on to. */
  redirectTo?: string
}

/**
 * Mails a link to the new address and a notice to the present one. Nothing changes until the link is followed. The link
 * of an earlier request becomes void, because its address may have been a typing error.
 *
 * An address of another user gets the same answer at the same cost, but no mail. Its change is stored and shown as every
 * other, so no call tells that the address is taken.
 *
 * @throws {DomainError} `invalid` - the password is wrong; nothing was sent
 * @throws {DomainError} `no_usable_password` `insufficient_user_authentication` - see {@link verifyOwner}
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was sent
 */
export async function requestEmailChange(ctx: Context, input: EmailChangeRequest): Promise<void> {
  const verified = await verifyOwner(ctx, input.identity, input.password)
  if (!verified) throw invalidFields(WRONG_PASSWORD)
  await countAddressRequest(ctx, verified.id)
  await countMail(ctx, input.newEmail)
  await transaction(ctx.db, async (tx) => {
    // The password may have changed since the check. Then the checked password is wrong.
    if (!(await lockUnchangedUser(tx, verified))) throw invalidFields(WRONG_PASSWORD)
    if (!(await lockSession(tx, input.identity))) throw new DomainError('token_not_valid')
    await deleteEmailChanges(tx, ctx.clock, verified.id)
    await queueLink(ctx, tx, { ...input, presentEmail: verified.email, language: verified.language })
    const { userId, sessionId } = input.identity
    await recordEvent(ctx, tx, { kind: 'email_change_requested', userId, by: 'self', sessionId, details: {} })
    await queueNotice(ctx, tx, { kind: 'email-change-requested', to: verified, newEmail: input.newEmail })
  })
}

const WRONG_PASSWORD: FieldFaults = { password: [SENTENCES.wrongPassword] }

/**
 * Finds the further faults of a request whose address was refused for its form: whether the password is wrong or missing too.
 *
 * @param given.password - left out also when it was refused for its form, which is told in place of the fault found here
 * @throws {DomainError} `throttled` `no_usable_password` - as {@link requestEmailChange}
 */
export async function findEmailChangeFaults(
  ctx: Context,
  given: { identity: Identity; password?: string },
): Promise<FieldFaults> {
  const { identity, password } = given
  if (password !== undefined) return (await verifyOwnPassword(ctx, identity, password)) ? {} : WRONG_PASSWORD
  const user = await findCredentials(ctx.db, identity.userId)
  return user && isUsablePassword(user.passwordHash) ? { password: [SENTENCES.required] } : {}
}

async function queueLink(
  ctx: Context,
  tx: Database,
  input: EmailChangeRequest & { presentEmail: string; language: string | null },
): Promise<void> {
  const { newEmail: email, identity, redirectTo, presentEmail } = input
  const isTaken = await isEmailTaken(tx, email)
  // The link to a taken address is never mailed, so nobody can follow it.
  const mail: WriteMail = (mailed) => ({
    kind: 'confirm-email-change',
    to: email,
    language: input.language,
    variables: { newEmail: email, ...mailed },
    discard: isTaken,
  })
  // The present address needs no change, so none waits.
  if (email === presentEmail) return sendDecoyLink(ctx, tx, { email, redirectTo, mail })
  const { userId, sessionId } = identity
  return sendLink(ctx, tx, { purpose: 'change_email', email, userId, sessionId, redirectTo, mail })
}
