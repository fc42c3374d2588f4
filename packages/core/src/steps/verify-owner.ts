import type { Context } from '../context.ts'
import type { Credentials } from '../tables/users/columns.ts'
import { findCredentials } from '../tables/users/find.ts'
import { invalidFields } from '../words/errors.ts'
import { SENTENCES } from '../words/sentences.ts'
import { isUsablePassword } from '../words/usable-password.ts'
import type { Identity } from './identity.ts'
import { requireRecent } from './require-recent.ts'
import { verifyOwnPassword } from './verify-own-password.ts'

/**
 * Checks that a signed-in caller is the user itself: by the password or, of a user that has none, by a recent proof.
 *
 * @param password - as it was typed; left out by a user that has none
 * @returns the credentials that were checked; null for a wrong password or a deleted user
 * @throws {DomainError} `invalid` - the user has a password and left it out
 * @throws {DomainError} `no_usable_password` - the user has none and gave one; nothing was hashed
 * @throws {DomainError} `insufficient_user_authentication` - the user has none, see {@link requireRecent}
 * @throws {DomainError} `throttled` - too many attempts in this session; nothing was hashed
 */
export async function verifyOwner(
  ctx: Context,
  identity: Identity,
  password: string | undefined,
): Promise<Credentials | null> {
  if (password !== undefined) return verifyOwnPassword(ctx, identity, password)
  const credentials = await findCredentials(ctx.db, identity.userId)
  if (!credentials) return null
  if (isUsablePassword(credentials.passwordHash)) throw invalidFields({ password: [SENTENCES.required] })
  await requireRecent(ctx, identity)
  return credentials
}
