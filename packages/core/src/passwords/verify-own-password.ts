import { type Credentials, findCredentials } from '../accounts/store.ts'
import type { Context } from '../context.ts'
import type { Identity } from '../sessions/authenticate.ts'
import { countPasswordCheck } from '../throttle/index.ts'

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
