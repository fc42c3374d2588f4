import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { findSqlState, transaction } from '../../database/transaction.ts'
import { hashLinkSecret, isLinkSecret } from '../../steps/link-secret.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { describeNow } from '../../steps/send-link.ts'
import {
  type Capability,
  deleteCapabilitiesOfUser,
  findCapability,
  useCapability,
} from '../../tables/capabilities/statements.ts'
import { lockUserOfCapability } from '../../tables/locks.ts'
import { deletePendingOfEmail } from '../../tables/pending-registrations/statements.ts'
import { deleteOtherSessions } from '../../tables/sessions/end.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { findCredentials } from '../../tables/users/find.ts'
import { DomainError } from '../../words/errors.ts'

const UNIQUE_VIOLATION = '23505'

/**
 * Gives a user the address a link was mailed to.
 *
 * Every session ends but the one the change was asked for in, and every other link of the user dies. Followed
 * again within its life the link changes nothing and is answered alike.
 *
 * @throws {DomainError} `not_found` - unknown, dead or expired, or the address was taken meanwhile
 */
export async function confirmEmailChange(ctx: Context, input: { key: string }): Promise<void> {
  const link = await findEmailChangeLink(ctx, input.key)
  if (!link) throw new DomainError('not_found')
  if (link.usedAt) return
  const done = await changeEmail(ctx, link.tokenHash)
  // Another follower of the same link may have been first: then the link is used, and this one is answered alike.
  if (!done && !(await findEmailChangeLink(ctx, input.key))?.usedAt) throw new DomainError('not_found')
}

/** Finds the link with this secret while it may be followed, used or not; looking changes nothing. */
export async function findEmailChangeLink(ctx: Context, key: string): Promise<Capability | null> {
  if (!isLinkSecret(key)) return null
  return findCapability(ctx.db, ctx.clock, { tokenHash: hashLinkSecret(key), purpose: 'change_email' })
}

async function changeEmail(ctx: Context, tokenHash: string): Promise<boolean> {
  try {
    return await transaction(ctx.db, (tx) => useLink(ctx, tx, tokenHash))
  } catch (error) {
    // Only the address is unique there: another user got it between the request and now.
    if (findSqlState(error) === UNIQUE_VIOLATION) return false
    throw error
  }
}

async function useLink(ctx: Context, tx: Database, tokenHash: string): Promise<boolean> {
  const user = await lockUserOfCapability(tx, tokenHash)
  const link = user && (await useCapability(tx, ctx.clock, { tokenHash, purpose: 'change_email' }))
  const former = link && (await findCredentials(tx, user.id))
  if (!former) return false
  await changeSecurity(tx, ctx.clock, { id: user.id, email: link.email, emailVerified: true })
  await deleteCapabilitiesOfUser(tx, user.id, tokenHash)
  await deletePendingOfEmail(tx, link.email)
  await deleteOtherSessions(tx, { userId: user.id, except: link.sessionId })
  await recordEvent(ctx, tx, { kind: 'email_changed', userId: user.id, by: 'self', details: {} })
  await ctx.outbox.queue(tx, {
    kind: 'email-changed',
    to: former.email,
    variables: { email: former.email, newEmail: link.email, changedAt: describeNow(ctx) },
  })
  return true
}
