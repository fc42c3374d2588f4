import type { Context } from '../context.ts'
import type { Credentials } from '../tables/users/columns.ts'
import { findCredentials } from '../tables/users/find.ts'
import { DomainError } from '../words/errors.ts'
import { isUsablePassword } from '../words/usable-password.ts'
import { countPasswordCheck } from './count-passwords.ts'
import type { Identity } from './identity.ts'
import { verifyHash } from './verify-hash.ts'

/**
 * Checks the password that a signed-in caller must give again.
 *
 * @param purpose - `change` for a change of password, whose checks are counted apart
 * @returns the credentials that were checked; null for a wrong password or a deleted user
 * @throws {DomainError} `no_usable_password` - the user signs in by a provider or a passkey, and has none
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
  if (credentials && !isUsablePassword(credentials.passwordHash)) throw new DomainError('no_usable_password')
  const { email } = credentials ?? identity.user
  const matches = await verifyHash(ctx, credentials, { email, password })
  return matches ? credentials : null
}
