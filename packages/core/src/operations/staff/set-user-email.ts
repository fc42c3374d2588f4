import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { changeAddress, isTakenAddress } from '../../steps/change-address.ts'
import { TAKEN_ADDRESS } from '../../steps/find-taken-address.ts'
import { deleteSessionsOfUser } from '../../tables/sessions/end.ts'
import { invalidFields } from '../../words/errors.ts'

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
    return await actOnUser(ctx, input, async (tx, user) => {
      if (user.email === email) return null
      await changeAddress(ctx, tx, { user, email, by })
      return deleteSessionsOfUser(tx, user.id)
    })
  } catch (error) {
    if (isTakenAddress(error)) throw invalidFields(TAKEN_ADDRESS)
    throw error
  }
}
