import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { UserId } from '../ids.ts'
import { changeSecurity } from './store.ts'

/**
 * Lets a deactivated account sign in again; no session comes back.
 *
 * @throws {DomainError} `not_found` - there is no such account
 */
export async function reactivateUser(ctx: Context, input: { userId: UserId }): Promise<void> {
  const epoch = await changeSecurity(ctx.db, ctx.clock, { id: input.userId, isActive: true })
  if (epoch === null) throw new DomainError('not_found')
}
