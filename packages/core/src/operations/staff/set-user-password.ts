import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser, getReadableUser } from '../../steps/authorise.ts'
import { queuePasswordNotice } from '../../steps/queue-password-notice.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { deleteCapabilitiesOfUser } from '../../tables/capabilities/statements.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { invalidFields } from '../../words/errors.ts'
import { findPasswordFaults } from '../../words/password-rules.ts'

/**
 * Sets the password of a user, and ends every session and link of the user. The user gets a notice.
 *
 * @param input.password - NFC-normalised
 * @returns how many sessions ended
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 * @throws {DomainError} `invalid` - the password breaks a rule; nothing was written
 */
export async function setUserPassword(
  ctx: Context,
  input: { by: Actor; userId: string; password: string },
): Promise<number> {
  const { by, password } = input
  const faults = await findPasswordFaults(password, await getReadableUser(ctx, input))
  if (faults.length > 0) throw invalidFields({ password: faults })
  // The hash is made before the transaction, so that the locks are not held for its time.
  const passwordHash = await ctx.hasher.hash(password)
  return actOnUser(ctx, input, async (tx, user) => {
    const { id: userId } = user
    await changeSecurity(tx, ctx.clock, { id: userId, passwordHash })
    await deleteCapabilitiesOfUser(tx, userId)
    const sessions = await deleteSessionsOfUser(tx, userId)
    await recordEvent(ctx, tx, { kind: 'password_changed', userId, by, details: { sessions } })
    await queuePasswordNotice(ctx, tx, { userId, to: user })
    return sessions
  })
}
