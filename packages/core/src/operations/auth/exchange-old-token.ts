import type { Context } from '../../context.ts'
import { retryContended } from '../../database/transaction.ts'
import { composeEvent } from '../../steps/record-event.ts'
import { type Exchange, exchangeSession } from '../../tables/imported-sessions/exchange.ts'
import type { PresentedRefresh } from '../../tables/sessions/rotate.ts'
import type { TokenSubject } from '../../words/claims.ts'
import { parseDevice } from '../../words/device.ts'
import type { OldClaims } from '../../words/old-token.ts'

/**
 * Exchanges a refresh token of the deployment from which users were moved in, for the first generation here.
 *
 * @returns what the new tokens state; null when the statement changed nothing
 */
export async function exchangeOldToken(
  ctx: Context,
  presented: PresentedRefresh,
  { jti, externalId }: OldClaims,
): Promise<TokenSubject | null> {
  const subject = await exchange(ctx, presented, { jti, externalId })
  if (!subject) return null
  const { userId: user, sessionId: session } = subject
  ctx.watch.note('session_moved_in', {})
  ctx.log.info({ event: 'session_moved_in', user, session }, 'an old refresh token was exchanged')
  return subject
}

/**
 * Repeats an exchange that a good token of ours proves and the database has lost. The session goes to the generation of
 * the token.
 *
 * @returns null when another refresh has repeated it, or the session has ended
 * @see decision 126
 */
export function repeatExchange(ctx: Context, presented: PresentedRefresh): Promise<TokenSubject | null> {
  return exchange(ctx, presented, null)
}

function exchange(
  ctx: Context,
  presented: PresentedRefresh,
  old: Exchange['old'],
): Promise<TokenSubject | null> {
  const { userId, sessionId } = presented
  const { ip, userAgent } = ctx.client
  const device = parseDevice(userAgent)
  const request = { kind: 'session_moved_in', userId, by: 'self', sessionId, details: {} } as const
  return retryContended(() =>
    exchangeSession(ctx.db, ctx.clock, {
      presented,
      old,
      verifiedOnly: ctx.config.emailVerification === 'mandatory',
      idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
      lifetimeSeconds: ctx.config.sessionLifetimeSeconds,
      ip,
      userAgent,
      device,
      event: composeEvent(ctx, request, device),
    }),
  )
}
