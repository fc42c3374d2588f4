import type { Context } from '../../context.ts'
import { countLogout } from '../../steps/count-calls.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { readRefreshToken } from '../../steps/verify-token.ts'
import { deleteSessionOfToken } from '../../tables/sessions/end.ts'
import { DomainError } from '../../words/errors.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Ends the session of a refresh token.
 *
 * A replaced token ends its live session too, because its holder wants to sign out.
 *
 * @param input.identity - the caller; null when the token alone says who it is, as a cookie does
 * @throws {DomainError} `invalid_refresh_token` - not a refresh token of a live session of the caller
 * @throws {DomainError} `throttled` - too many bad refresh tokens from this client
 */
export async function logout(
  ctx: Context,
  input: { identity: { userId: UserId } | null; refresh: string },
): Promise<void> {
  const token = await readRefreshToken(ctx, input.refresh)
  const isOwn = input.identity === null || input.identity.userId === token?.claims.sub
  const own = isOwn ? token : null
  await countLogout(ctx, own?.presented.sessionId ?? null)
  if (!own) throw new DomainError('invalid_refresh_token')
  const { presented } = own
  const { userId, sessionId } = presented
  const event = composeEvent(ctx, { kind: 'logout', userId, by: 'self', sessionId, details: {} })
  const ended = await deleteSessionOfToken(ctx.db, ctx.clock, { ...presented, event })
  if (!ended) throw new DomainError('invalid_refresh_token')
}
