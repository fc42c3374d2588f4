import type { Context } from '../../context.ts'
import type { Actor } from '../../steps/actor.ts'
import { actOnUser } from '../../steps/authorise.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { markEmailVerified } from '../../tables/users/change.ts'

/**
 * Marks the address of a user as verified, because the actor vouches for it. No session and no link ends. No account at a
 * provider is connected by the address before a mailed reset has proven who the user is.
 *
 * @returns the address; null when it was verified before, and nothing was written
 * @throws {DomainError} `not_found` `permission_denied` - see {@link actOnUser}
 */
export async function verifyUserEmail(
  ctx: Context,
  input: { by: Actor; userId: string },
): Promise<string | null> {
  return actOnUser(ctx, input, async (tx, { id, email, emailVerified }) => {
    if (emailVerified) return null
    // Who asked staff is not known to be the one who signs in.
    await markEmailVerified(tx, ctx.clock, { id, email, ownerUnproven: true })
    await recordEvent(ctx, tx, { kind: 'email_verified', userId: id, by: input.by, details: {} })
    return email
  })
}
