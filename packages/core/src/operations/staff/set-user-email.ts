import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { findSqlState } from '../../database/transaction.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { TAKEN_ADDRESS } from '../../steps/find-taken-address.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { describeNow } from '../../steps/send-link.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { deletePendingOfEmail } from '../../tables/pending-registrations/statements.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { StaffUser } from '../../tables/users/columns.ts'
import { invalidFields } from '../../words/errors.ts'

const UNIQUE_VIOLATION = '23505'

/**
 * Gives a user another address, which counts as verified, because the actor vouches for it.
 *
 * Every session and link of the user ends. The former address gets a notice.
 *
 * @param input.email - normalised
 * @returns how many sessions ended; null when the user has this address already, and nothing was written
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 * @throws {DomainError} `invalid` - another user has the address; nothing was written
 */
export async function setUserEmail(
  ctx: Context,
  input: { by: Actor; userId: string; email: string },
): Promise<number | null> {
  const { by, email } = input
  try {
    return await actOnUser(ctx, input, async (tx, user) =>
      user.email === email ? null : changeEmail(ctx, tx, { by, user, email }),
    )
  } catch (error) {
    // The address is the only unique column here.
    if (findSqlState(error) === UNIQUE_VIOLATION) throw invalidFields(TAKEN_ADDRESS)
    throw error
  }
}

async function changeEmail(
  ctx: Context,
  tx: Database,
  change: { by: Actor; user: StaffUser; email: string },
): Promise<number> {
  const { by, user, email } = change
  await changeSecurity(tx, ctx.clock, { id: user.id, email, emailVerified: true })
  await deleteCapabilitiesOfUser(tx, user.id)
  await deletePendingOfEmail(tx, email)
  const { length: sessions } = await deleteSessionsOfUser(tx, user.id)
  await recordEvent(ctx, tx, { kind: 'email_changed', userId: user.id, by, details: {} })
  await ctx.outbox.queue(tx, {
    kind: 'email-changed',
    to: user.email,
    variables: { email: user.email, newEmail: email, changedAt: describeNow(ctx) },
  })
  return sessions
}
