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
import { noteConfirmed } from '../../tables/imported-users/confirm.ts'
import { lockUserOfCapability } from '../../tables/locks.ts'
import { retirePendings } from '../../tables/pending-registrations/retire.ts'
import { findPendingOfLink, type PendingRegistration } from '../../tables/pending-registrations/statements.ts'
import { markEmailVerified } from '../../tables/users/change.ts'
import { deleteUserRow } from '../../tables/users/delete.ts'
import { insertUser } from '../../tables/users/insert.ts'
import { DomainError } from '../../words/errors.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { usesKeyAsId } from '../../words/imported-id.ts'

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

/**
 * Takes the address before any other row is locked. The unique index of addresses then makes all others wait who take
 * or free this address, and no two of them wait for each other.
 */
async function confirmRegistration(ctx: Context, tx: Database, tokenHash: string): Promise<boolean> {
  const pending = await findPendingOfLink(tx, ctx.clock, tokenHash)
  if (!pending) return false
  const { email, passwordHash, passwordForm, firstName, lastName, language } = pending
  const details = { email, passwordHash, passwordForm, firstName, lastName, language }
  const user = { ...details, ...identify(pending), emailVerified: true }
  if (!(await insertUser(tx, ctx.clock, user))) return false
  if (!(await useCapability(tx, ctx.clock, { tokenHash, purpose: 'confirm_registration' }))) {
    // The link died after it was read. Then there is no such user.
    await deleteUserRow(tx, user)
    return false
  }
  await assignCapability(tx, tokenHash, user.id)
  if (pending.externalId !== null) await noteConfirmed(tx, { userId: user.id, oldId: pending.externalId })
  await recordEvent(ctx, tx, { kind: 'registered', userId: user.id, by: 'self', details: {} })
  await retirePendings(tx, { email, confirmedHash: passwordHash })
  return true
}

/** A sign-up that was moved in has the id that follows from its key, and the services behind know the user by one of both. */
function identify({ id, externalId }: PendingRegistration) {
  if (externalId === null) return { id: newId<UserId>() }
  const userId = id as string as UserId
  return { id: userId, externalId: usesKeyAsId({ userId, oldId: externalId }) ? null : externalId }
}

/**
 * Anybody may have signed up, and anybody may ask for the link. So it says nothing about who uses the account, and takes back
 * nothing that is known of it.
 */
async function verifyAddress(ctx: Context, tx: Database, tokenHash: string): Promise<boolean> {
  const user = await lockUserOfCapability(tx, tokenHash)
  const link = user && (await useCapability(tx, ctx.clock, { tokenHash, purpose: 'verify_email' }))
  if (!link) return false
  const proven = { id: user.id, email: link.email, ownerUnproven: true }
  const marked = await markEmailVerified(tx, ctx.clock, proven)
  await deleteCapabilitiesOfUser(tx, user.id, tokenHash)
  return marked
}
