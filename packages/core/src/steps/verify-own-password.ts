import type { Context } from '../context.ts'
import { countPasswordCheck } from '../services/throttle/index.ts'
import { type Credentials, findCredentials } from '../tables/users/statements.ts'
import type { Identity } from './authenticate.ts'

/**
 * Checks the password of a signed-in person who is asked for it again.
 *
 * @returns the credentials as checked, or null for another password or an account that is gone
 * @throws {DomainError} `throttled` - too many attempts in this session; nothing was hashed
 */
export async function verifyOwnPassword(
  ctx: Context,
  identity: Identity,
  password: string,
): Promise<Credentials | null> {
  await countPasswordCheck(ctx, identity.sessionId)
  const credentials = await findCredentials(ctx.db, identity.userId)
  const matches = await ctx.hasher.verify(credentials?.passwordHash ?? null, password)
  return matches ? credentials : null
}
