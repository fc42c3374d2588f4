import type { Context } from '../../context.ts'
import { countLogout } from '../../steps/count-calls.ts'
import { presentOld, readGoodRefresh } from '../../steps/present-refresh.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { verifyToken } from '../../steps/verify-token.ts'
import { deleteSessionOfToken } from '../../tables/sessions/end.ts'
import type { PresentedGeneration } from '../../tables/sessions/rotate.ts'
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
  const presented = await readPresentedToken(ctx, input.refresh)
  const isOwn = input.identity === null || input.identity.userId === presented?.userId
  const own = isOwn ? presented : null
  await countLogout(ctx, own?.sessionId ?? null)
  if (!own) throw new DomainError('invalid_refresh_token')
  const { userId, sessionId } = own
  const event = composeEvent(ctx, { kind: 'logout', userId, by: 'self', sessionId, details: {} })
  const ended = await deleteSessionOfToken(ctx.db, ctx.clock, { ...own, event })
  if (!ended) throw new DomainError('invalid_refresh_token')
}

/** A token of the other deployment counts only if its session was moved in with it: its rotations there are not known. */
async function readPresentedToken(ctx: Context, refresh: string): Promise<PresentedGeneration | null> {
  const token = readGoodRefresh(await verifyToken(ctx, refresh, 'refresh'))
  return token?.old ? presentOld(ctx, token.old, { anyToken: false }) : (token?.presented ?? null)
}
