import type { Context } from '../context.ts'
import type { Credentials } from '../tables/users/columns.ts'
import { findCredentials } from '../tables/users/find.ts'
import { countPasswordCheck } from './count-passwords.ts'
import type { Identity } from './identity.ts'
import { verifyHash } from './verify-hash.ts'

/**
 * Checks the password that a signed-in caller must give again.
 *
 * @param purpose - `change` for a change of password, whose checks are counted apart
 * @returns the credentials that were checked; null for a wrong password or a deleted user
 * @throws {DomainError} `throttled` - too many attempts in this session; nothing was hashed
 */
export async function verifyOwnPassword(
  ctx: Context,
  identity: Identity,
  password: string,
  purpose: 'change' | 'other' = 'other',
): Promise<Credentials | null> {
  await countPasswordCheck(ctx, identity, purpose)
  const credentials = await findCredentials(ctx.db, identity.userId)
  const { email } = credentials ?? identity.user
  const matches = await verifyHash(ctx, credentials, { email, password })
  return matches ? credentials : null
}
