import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { changeAddress, isTakenAddress } from '../../steps/change-address.ts'
import { hashLinkSecret, isLinkSecret } from '../../steps/link-secret.ts'
import { type Capability, findCapability, useCapability } from '../../tables/capabilities/statements.ts'
import { lockUserOfCapability } from '../../tables/locks.ts'
import { deleteOtherSessions } from '../../tables/sessions/end.ts'
import { findCredentials } from '../../tables/users/find.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Gives a user the address that the link was mailed to.
 *
 * Every session ends except the one that asked for the change, and every other link of the user is deleted. A used link
 * gets the same answer until it expires, and changes nothing.
 *
 * @throws {DomainError} `not_found` - the link is unknown, deleted or expired, or another user has the address by now
 */
export async function confirmEmailChange(ctx: Context, input: { key: string }): Promise<void> {
  const link = await findEmailChangeLink(ctx, input.key)
  if (!link) throw new DomainError('not_found')
  if (link.usedAt) return
  const done = await changeEmail(ctx, link.tokenHash)
  // A concurrent call may have used the link first. This call then gets the same answer.
  if (!done && !(await findEmailChangeLink(ctx, input.key))?.usedAt) throw new DomainError('not_found')
}

/** Finds the link with this secret until it expires, used or unused. Changes nothing. */
export async function findEmailChangeLink(ctx: Context, key: string): Promise<Capability | null> {
  if (!isLinkSecret(key)) return null
  return findCapability(ctx.db, ctx.clock, { tokenHash: hashLinkSecret(key), purpose: 'change_email' })
}

async function changeEmail(ctx: Context, tokenHash: string): Promise<boolean> {
  try {
    return await transaction(ctx.db, (tx) => useLink(ctx, tx, tokenHash))
  } catch (error) {
    // Another user has taken the address since the request.
    if (isTakenAddress(error)) return false
    throw error
  }
}

async function useLink(ctx: Context, tx: Database, tokenHash: string): Promise<boolean> {
  const user = await lockUserOfCapability(tx, tokenHash)
  const link = user && (await useCapability(tx, ctx.clock, { tokenHash, purpose: 'change_email' }))
  const former = link && (await findCredentials(tx, user.id))
  if (!former) return false
  await changeAddress(ctx, tx, { user: former, email: link.email, by: 'self', keepLink: tokenHash })
  await deleteOtherSessions(tx, { userId: user.id, except: link.sessionId })
  return true
}
