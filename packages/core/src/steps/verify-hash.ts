import type { Context } from '../context.ts'
import type { UserId } from '../words/ids.ts'

/** A user with its stored password. */
export interface Hashed {
  id: UserId
  passwordHash: string
}

/**
 * Verifies a password against a row; null does the same work on a decoy hash and is always false.
 *
 * A stored hash that cannot be read matches no password, for the same work. The operator finds its row in the log: only
 * a new password helps its user.
 */
export function verifyHash(ctx: Context, row: Hashed | null, password: string): Promise<boolean> {
  return ctx.hasher.verify(row?.passwordHash ?? null, password, () =>
    ctx.log.error(
      { event: 'password_hash_unreadable', row: row?.id },
      'a stored password hash cannot be read, so its user cannot sign in until the password is reset',
    ),
  )
}
