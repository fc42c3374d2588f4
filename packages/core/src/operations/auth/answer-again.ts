import type { Context } from '../../context.ts'
import { recordOnce } from '../../steps/record-event.ts'
import { answerLate } from '../../tables/sessions/late.ts'
import type { SessionState } from '../../tables/sessions/replay.ts'
import type { PresentedRefresh } from '../../tables/sessions/rotate.ts'
import type { TokenSubject } from '../../words/claims.ts'

/** Answers a refresh within the grace: no row changes. It is recorded when it comes from another device or network. */
export async function answerWithinGrace(ctx: Context, state: SessionState): Promise<TokenSubject> {
  const { userId, sessionId } = state
  const changed = nameChange(ctx, state)
  ctx.watch.note('refresh_graced', { client: changed ? 'other' : 'same' })
  ctx.log.info(
    { event: 'refresh_grace', session: sessionId, sameDevice: changed === null },
    'a refresh was answered in the grace',
  )
  if (changed && state.rotatedAt) {
    const event = { kind: 'refresh_grace', userId, by: 'anyone', sessionId, details: { changed } } as const
    await recordOnce(ctx, event, { key: sessionId, startsAt: state.rotatedAt })
  }
  return state
}

/**
 * Answers a replaced token after the grace, because the caller showed that it is its own. It is recorded once for each
 * rotation of the session.
 *
 * @returns null when the row changed meanwhile
 */
export async function answerLateRefresh(
  ctx: Context,
  presented: PresentedRefresh,
  state: SessionState,
): Promise<TokenSubject | null> {
  const { userId, sessionId } = state
  const subject = await answerLate(ctx.db, ctx.clock, {
    ...presented,
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    verifiedOnly: ctx.config.emailVerification === 'mandatory',
    ip: ctx.client.ip,
  })
  if (!subject) return null
  const by = subject.jkt === null ? 'keyed' : 'proof'
  const details = { by, changed: nameChange(ctx, state) ?? 'none' } as const
  ctx.watch.note('refresh_answered_late', { by })
  ctx.log.info(
    {
      event: 'refresh_answered_late',
      session: sessionId,
      by,
      behind: subject.generation - presented.generation,
    },
    'a replaced refresh token was answered late, because its caller showed that it is its own',
  )
  const event = { kind: 'refresh_late', userId, by: 'anyone', sessionId, details } as const
  await recordOnce(ctx, event, { key: sessionId, startsAt: state.rotatedAt ?? state.sessionCreatedAt })
  return subject
}

function nameChange(ctx: Context, state: SessionState): 'device' | 'network' | 'both' | null {
  const device = state.userAgent !== ctx.client.userAgent
  const network = state.ip !== ctx.client.ip
  if (device && network) return 'both'
  if (device) return 'device'
  return network ? 'network' : null
}
