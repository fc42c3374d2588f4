import { type Credentials, findCredentials } from '../accounts/store.ts'
import type { Context } from '../context.ts'
import type { UserId } from '../ids.ts'

/**
 * Checks the password of a signed-in person who is asked for it again.
 *
 * @returns the credentials as checked, or null for another password or an account that is gone
 */
export async function verifyOwnPassword(
  ctx: Context,
  userId: UserId,
  password: string,
): Promise<Credentials | null> {
  const credentials = await findCredentials(ctx.db, userId)
  const matches = await ctx.hasher.verify(credentials?.passwordHash ?? null, password)
  return matches ? credentials : null
}
