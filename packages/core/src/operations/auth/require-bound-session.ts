import type { Context } from '../../context.ts'
import { isOfBoundSession } from '../../tables/sessions/bound.ts'
import type { PresentedGeneration } from '../../tables/sessions/rotate.ts'
import { DomainError } from '../../words/errors.ts'
import { TOKEN_EXPIRED } from '../../words/sentences.ts'

/**
 * Lets an expired refresh token name the session that is bound to a key, when a proof came with it.
 *
 * Such a session lives by its own idle end, which a rotation has moved although its answer was lost. A token that is newer
 * than the row does not count, because nothing but the token says that its session lives.
 *
 * @throws {DomainError} `token_not_valid` - for every other expired token
 */
export async function requireBoundSession(ctx: Context, expired: PresentedGeneration): Promise<void> {
  const mayBeBound = ctx.client.proof !== null && (await isOfBoundSession(ctx.db, ctx.clock, expired))
  if (!mayBeBound) throw new DomainError('token_not_valid', { detail: TOKEN_EXPIRED })
}
