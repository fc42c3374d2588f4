import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { hashLinkSecret, isLinkSecret } from '../../steps/link-secret.ts'
import { recordEvent } from '../../steps/record-event.ts'
import {
  assignCapability,
  type Capability,
  deleteCapabilitiesOfUser,
  findCapability,
  useCapability,
} from '../../tables/capabilities/statements.ts'
import { lockPendingsOfCapability, lockUserOfCapability } from '../../tables/locks.ts'
import { deletePendingOfEmail, findPending } from '../../tables/pending-registrations/statements.ts'
import { markEmailVerified } from '../../tables/users/change.ts'
import { insertUser } from '../../tables/users/insert.ts'
import { DomainError } from '../../words/errors.ts'
import { newId, type UserId } from '../../words/ids.ts'

/**
 * Verifies an address by the link that was mailed to it. It creates the user of a pending sign-up, or marks the address
 * of a user as verified.
 *
 * A used link gets the same answer until it expires, and changes nothing.
 *
 * @throws {DomainError} `not_found` - the link is unknown, deleted or expired, or verification is off
 */
export async function verifyEmail(ctx: Context, input: { key: string }): Promise<void> {
  const link = await findVerificationLink(ctx, input.key)
  if (!link) throw new DomainError('not_found')
  if (link.usedAt) return
  const work = link.purpose === 'verify_email' ? verifyAddress : confirmRegistration
  const done = await transaction(ctx.db, (tx) => work(ctx, tx, link.tokenHash))
  // A concurrent call may have used the link first. This call then gets the same answer.
  if (!done && !(await findVerificationLink(ctx, input.key))?.usedAt) throw new DomainError('not_found')
}

/** Finds the link with this secret until it expires, used or unused. Changes nothing. */
export async function findVerificationLink(ctx: Context, key: string): Promise<Capability | null> {
  if (ctx.config.emailVerification === 'none' || !isLinkSecret(key)) return null
  const tokenHash = hashLinkSecret(key)
  const pending = await findCapability(ctx.db, ctx.clock, { tokenHash, purpose: 'confirm_registration' })
  return pending ?? findCapability(ctx.db, ctx.clock, { tokenHash, purpose: 'verify_email' })
}

async function confirmRegistration(ctx: Context, tx: Database, tokenHash: string): Promise<boolean> {
  await lockPendingsOfCapability(tx, tokenHash)
  const link = await useCapability(tx, ctx.clock, { tokenHash, purpose: 'confirm_registration' })
  const pending = link?.registrationId && (await findPending(tx, link.registrationId))
  if (!pending) return false
  const { email, passwordHash, firstName, lastName } = pending
  const user = { id: newId<UserId>(), email, passwordHash, firstName, lastName, emailVerified: true }
  const made = await insertUser(tx, ctx.clock, user)
  if (made) {
    await assignCapability(tx, tokenHash, user.id)
    await recordEvent(ctx, tx, { kind: 'registered', userId: user.id, by: 'self', details: {} })
  }
  await deletePendingOfEmail(tx, email)
  return made
}

async function verifyAddress(ctx: Context, tx: Database, tokenHash: string): Promise<boolean> {
  const user = await lockUserOfCapability(tx, tokenHash)
  const link = user && (await useCapability(tx, ctx.clock, { tokenHash, purpose: 'verify_email' }))
  if (!link) return false
  const marked = await markEmailVerified(tx, ctx.clock, { id: user.id, email: link.email })
  await deleteCapabilitiesOfUser(tx, user.id, tokenHash)
  return marked
}
