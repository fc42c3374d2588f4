import type { Context } from '../../context.ts'
import { mustVerify } from '../../steps/must-verify.ts'
import { composeEvent } from '../../steps/record-event.ts'
import type { RefreshProof } from '../../steps/refresh-proof.ts'
import { repeatRotation } from '../../tables/sessions/repeat.ts'
import { deleteReplayedSession, findSessionState, type SessionState } from '../../tables/sessions/replay.ts'
import type { PresentedRefresh } from '../../tables/sessions/rotate.ts'
import type { TokenSubject } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { TOKEN_EXPIRED } from '../../words/sentences.ts'
import { answerLateRefresh, answerWithinGrace } from './answer-again.ts'
import { repeatExchange } from './exchange-old-token.ts'
import { refuseUnproven } from './refuse-unproven.ts'

/**
 * Finds why a rotation changed nothing.
 *
 * @returns the current generation, within the grace and for a late retry of the same caller; null to try again
 * @throws {DomainError} see `refreshSession`
 */
export async function explainRefusal(
  ctx: Context,
  presented: PresentedRefresh,
  proof: RefreshProof,
): Promise<TokenSubject | null> {
  const { refreshGraceSeconds: graceSeconds, sessionLifetimeSeconds: lifetimeSeconds } = ctx.config
  const state = await findSessionState(ctx.db, ctx.clock, { ...presented, graceSeconds, lifetimeSeconds })
  if (!state?.userIsActive) throw new DomainError('token_not_valid')
  if (state.isAbsoluteExpired) throw new DomainError('session_expired')
  if (state.jkt !== null && state.jkt !== presented.jkt) throw await refuseUnproven(ctx, state, proof)
  if (presented.generation > state.generation) return repeatLost(ctx, { presented, state })
  if (state.isIdleExpired) throw new DomainError('token_not_valid', { detail: TOKEN_EXPIRED })
  const place = locate(presented, state)
  // A stale token of such a user is a replay too, so only a good token gets this refusal.
  if (place !== 'replayed' && mustVerify(ctx, state)) throw new DomainError('email_not_verified')
  switch (place) {
    case 'key reused':
      throw new DomainError('idempotency_key_reused')
    case 'in grace':
      return answerWithinGrace(ctx, state)
    case 'late':
      return answerLateRefresh(ctx, presented, state)
    case 'replayed':
      return endReplayed(ctx, presented, state)
    case 'current':
      return null
  }
}

/** Where a token stands that is not newer than its session. The conditions of the statements are the same. */
function locate(presented: PresentedRefresh, state: SessionState) {
  const age = state.generation - presented.generation
  if (age === 0 && state.isOfKey) return 'key reused'
  if (age <= 1 && state.isWithinGrace) return 'in grace'
  if (age === 0) return 'current'
  if (state.jkt !== null || (age === 1 && state.isOfKey)) return 'late'
  return 'replayed'
}

/** Ends the session. It returns null when the row changed meanwhile. */
async function endReplayed(
  ctx: Context,
  presented: PresentedRefresh,
  { userId, sessionId }: SessionState,
): Promise<null> {
  const event = composeEvent(ctx, { kind: 'refresh_replayed', userId, by: 'anyone', sessionId, details: {} })
  const replayed = { ...presented, graceSeconds: ctx.config.refreshGraceSeconds, event }
  if (!(await deleteReplayedSession(ctx.db, ctx.clock, replayed))) return null
  ctx.watch.note('refresh_replayed', {})
  ctx.log.warn(
    { event: 'refresh_replayed', user: userId, session: sessionId, presented: presented.generation },
    'a replaced refresh token came back; its session was ended',
  )
  throw new DomainError('token_not_valid')
}

/** Brings the row to the generation of a good token, for the next attempt. */
async function repeatLost(
  ctx: Context,
  { presented, state }: { presented: PresentedRefresh; state: SessionState },
): Promise<null> {
  if (mustVerify(ctx, state)) throw new DomainError('email_not_verified')
  const { userId, sessionId } = state
  const idleSeconds = ctx.config.refreshTokenLifetimeSeconds
  const lost = { ...presented, idleSeconds, ip: ctx.client.ip }
  const isRepeated =
    state.generation === 0
      ? (await repeatExchange(ctx, presented)) !== null
      : await repeatRotation(ctx.db, ctx.clock, lost)
  if (!isRepeated) return null
  ctx.log.warn(
    {
      event: 'rotation_lost',
      user: userId,
      session: sessionId,
      presented: presented.generation,
      stored: state.generation,
    },
    'the database has lost rotations of a session; its newer token counts',
  )
  return null
}
