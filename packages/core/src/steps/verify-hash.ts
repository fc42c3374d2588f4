import type { Context } from '../context.ts'
import type { StandingHash } from '../tables/pending-registrations/standing.ts'
import type { UserId } from '../words/ids.ts'

/** A row with its stored password. */
export interface Hashed extends StandingHash {
  /** None in a sign-up. */
  id?: UserId
}

/** A password as it was typed, and the address that it was typed for. */
export interface TypedPassword {
  /** Normalised. */
  email: string
  /** As it was typed, of bounded length. The form of the stored password says what is done with it. */
  password: string
}

/**
 * Verifies a password against a row; null does the work of the decoy of the address and is always false.
 *
 * A stored hash that cannot be read matches no password, for the same work as null. The operator finds its row in the log:
 * only a new password helps its user. So does the row of a user without a password, which is no error.
 */
export async function verifyHash(ctx: Context, row: Hashed | null, typed: TypedPassword): Promise<boolean> {
  const { passwordHash = null, passwordForm: form = 0 } = row ?? {}
  const decoy = await ctx.decoys.of(typed.email)
  return ctx.hasher.verify(passwordHash, typed.password, {
    form,
    decoy,
    onUnreadable: (reason) =>
      ctx.log.error(
        { event: 'password_hash_unreadable', row: row?.id, reason },
        'a stored password hash cannot be read, so its user cannot sign in until the password is reset',
      ),
  })
}
