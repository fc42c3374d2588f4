import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { admit, answerAdmission, type VerifiedUser } from '../../steps/admit.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { queueNotice } from '../../steps/queue-notice.ts'
import { queuePasswordNotice } from '../../steps/queue-password-notice.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { recordRemoval } from '../../steps/record-removal.ts'
import { deleteCapabilitiesOfUser, useCapability } from '../../tables/capabilities/statements.ts'
import { deleteConnectionsOfUser } from '../../tables/connections/change.ts'
import { lockUserOfCapability } from '../../tables/locks.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { deleteFactors } from '../../tables/totp-factors/delete-factors.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { DomainError, invalidFields } from '../../words/errors.ts'
import type { UserId } from '../../words/ids.ts'
import { findPasswordFaults } from '../../words/password-rules.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'
import { SENTENCES } from '../../words/sentences.ts'
import { findTarget, type ResetProof, type ResetTarget, readProof } from './open-reset-link.ts'

/** A new password and its reset link; passwords are NFC-normalised. */
export interface NewPassword {
  proof: ResetProof
  newPassword1: string
  newPassword2: string
  /** Whether to open a session for the caller. */
  signIn: boolean
}

/**
 * Sets a new password by a reset link, and with `signIn` opens a session.
 *
 * Every other session and every link of the user ends. The address counts as verified, because the link was mailed to
 * it. After a refused password the link still works. The first link that proves that who sets the password reads the
 * mailbox removes the second factors and the connections. Otherwise a user that has or needs one gets a challenge in place of the tokens.
 *
 * @returns the tokens of the new session, or a challenge; null without `signIn`
 * @throws {DomainError} `not_authenticated` - there is no proof, or its reset token is forged or has expired
 * @throws {DomainError} `other_link` - the form was made for a link that is not among the opened ones
 * @throws {DomainError} `token_not_valid` - the link is unknown, expired or used; nothing was written
 * @throws {DomainError} `invalid` - the passwords differ or break a rule; the link still works
 */
export async function setNewPassword(ctx: Context, input: NewPassword): Promise<SignInAnswer | null> {
  const target = await requireResetTarget(ctx, input.proof)
  await requireAcceptablePassword(input, target)
  const passwordHash = await ctx.hasher.hash(input.newPassword1)
  const verdict = await transaction(ctx.db, async (tx) => {
    const reset = await useTarget(ctx, tx, target, passwordHash)
    const admission = reset && input.signIn ? await admit(ctx, reset, tx) : null
    return { reset, admission }
  })
  if (!verdict.reset) throw new DomainError('token_not_valid')
  return verdict.admission && answerAdmission(ctx, verdict.admission)
}

/**
 * Finds the reset link and the user of a proof. Changes nothing.
 *
 * @throws {DomainError} `not_authenticated` - there is no proof, or its reset token is forged or has expired
 * @throws {DomainError} `other_link` - the form was made for a link that is not among the opened ones
 * @throws {DomainError} `token_not_valid` - the link is unknown, expired or used
 */
export async function requireResetTarget(ctx: Context, proof: ResetProof): Promise<ResetTarget> {
  const { presented, isOfOtherLink } = await readProof(ctx, proof)
  if (isOfOtherLink) throw new DomainError('other_link')
  if (presented.length === 0 && proof.token === undefined) throw new DomainError('not_authenticated')
  const target = await findTarget(ctx, presented)
  if (!target) throw new DomainError('token_not_valid')
  return target
}

async function requireAcceptablePassword(input: NewPassword, target: ResetTarget): Promise<void> {
  if (input.newPassword1 !== input.newPassword2) {
    throw invalidFields({ newPassword2: [SENTENCES.newPasswordsDiffer] })
  }
  const faults = await findPasswordFaults(input.newPassword1, target.user)
  if (faults.length > 0) throw invalidFields({ newPassword2: faults })
}

async function useTarget(
  ctx: Context,
  tx: Database,
  target: ResetTarget,
  passwordHash: string,
): Promise<VerifiedUser | null> {
  const { tokenHash, lateSeconds } = target
  const user = await lockUserOfCapability(tx, tokenHash)
  const link =
    user && (await useCapability(tx, ctx.clock, { tokenHash, lateSeconds, purpose: 'reset_password' }))
  if (!link) return null
  const isOwner = user.emailVerified && !user.ownerUnproven
  const secondFactor = user.secondFactor && isOwner
  const change = { id: user.id, passwordHash, emailVerified: true, ownerUnproven: false, secondFactor }
  const sessionEpoch = await changeSecurity(tx, ctx.clock, change)
  if (sessionEpoch === null) return null
  if (!isOwner) await removeUnproven(ctx, tx, user.id)
  await deleteCapabilitiesOfUser(tx, user.id)
  const sessions = await deleteSessionsOfUser(tx, user.id)
  // The answer changes with the event, so it is kept from before.
  const { isInvitation } = target
  await recordEvent(ctx, tx, { kind: 'password_reset', userId: user.id, by: 'self', details: { sessions } })
  const to = { email: link.email, emailVerified: true, language: user.language }
  if (isInvitation) await queueNotice(ctx, tx, { kind: 'password-set', to })
  else await queuePasswordNotice(ctx, tx, { userId: user.id, to })
  const { role } = user
  return { userId: user.id, verifiedEpoch: sessionEpoch, role, secondFactor, method: 'password_reset' }
}

/**
 * Factors that were set up, and accounts at providers that were connected, before the address was proven are those of
 * anybody. The mailbox proves who the user is.
 */
async function removeUnproven(ctx: Context, tx: Database, userId: UserId): Promise<void> {
  for (const removed of await deleteConnectionsOfUser(tx, userId))
    await recordRemoval(ctx, tx, { removed, change: 'removedByProof' })
  if (!(await deleteFactors(tx, userId))) return
  const details = { reason: 'address_proven' } as const
  await recordEvent(ctx, tx, { kind: 'factors_reset', userId, by: 'self', details })
  await queueFactorMail(ctx, tx, { userId, change: { kind: 'removedByProof' } })
}
