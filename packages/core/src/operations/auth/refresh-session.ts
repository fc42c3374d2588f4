import type { Context } from '../../context.ts'
import { retryContended } from '../../database/transaction.ts'
import { countRefresh } from '../../steps/count-calls.ts'
import { issueTokens } from '../../steps/issue-tokens.ts'
import { mustVerify } from '../../steps/must-verify.ts'
import { composeEvent, recordOnce } from '../../steps/record-event.ts'
import { readPresented, verifyToken } from '../../steps/verify-token.ts'
import { repeatRotation } from '../../tables/sessions/repeat.ts'
import { deleteReplayedSession, findSessionState, type SessionState } from '../../tables/sessions/replay.ts'
import { type PresentedGeneration, rotateSession } from '../../tables/sessions/rotate.ts'
import type { TokenPair, TokenSubject } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { TOKEN_EXPIRED } from '../../words/sentences.ts'
import { withPunctualGrace } from './late-rotation.ts'

/** The grace can end between the two statements of one attempt. Then the rotation is tried again. */
const ATTEMPTS = 3

/**
 * Exchanges a refresh token for a new pair of tokens, and detects stolen refresh tokens.
 *
 * One conditional statement rotates. If it changed nothing, a second statement finds the reason. Within the grace, the
 * current token and the one before it both get the current generation again, so answers may be lost or arrive in any
 * order. An older token proves that two parties hold the session, so the session ends. A token newer than the row proves
 * that the database was put back to an earlier time, and the rotation is repeated.
 *
 * @throws {DomainError} `token_not_valid` - forged, expired or unknown; or replayed, and then the session was ended
 * @throws {DomainError} `session_expired` - past `SESSION_LIFETIME`
 * @throws {DomainError} `email_not_verified` - see {@link mustVerify}; nothing was written, and the token goes on to work
 *   once the address is verified
 * @throws {DomainError} `throttled` - too many refreshes of this session, or too many invalid or expired tokens from
 *   this client
 * @see RFC 9700 section 4.14
 */
export async function refreshSession(ctx: Context, input: { refresh: string }): Promise<TokenPair> {
  const presented = await requireRefreshToken(ctx, input.refresh)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const subject = (await rotate(ctx, presented)) ?? (await explainRefusal(ctx, presented))
    if (subject) return issueTokens(ctx, subject)
  }
  throw new DomainError('token_not_valid')
}

async function requireRefreshToken(ctx: Context, token: string): Promise<PresentedGeneration> {
  const verdict = await verifyToken(ctx, token, 'refresh')
  await countRefresh(ctx, verdict.status === 'valid' ? verdict.claims.session : null)
  if (verdict.status === 'expired') throw new DomainError('token_not_valid', { detail: TOKEN_EXPIRED })
  if (verdict.status === 'wrong_type')
    throw new DomainError('token_not_valid', { detail: 'Token has wrong type' })
  const presented = verdict.status === 'valid' && readPresented(verdict.claims)
  if (!presented) throw new DomainError('token_not_valid', { detail: 'Token is invalid' })
  return presented
}

async function rotate(ctx: Context, presented: PresentedGeneration): Promise<TokenSubject | null> {
  const values = {
    ...presented,
    graceSeconds: ctx.config.refreshGraceSeconds,
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    verifiedOnly: ctx.config.emailVerification === 'mandatory',
    ip: ctx.client.ip,
  }
  return withPunctualGrace(ctx, presented, () =>
    retryContended(() => rotateSession(ctx.db, ctx.clock, values)),
  )
}

/** Finds why a rotation changed nothing: returns the current generation within the grace, and null to try again. */
async function explainRefusal(ctx: Context, presented: PresentedGeneration): Promise<TokenSubject | null> {
  const graceSeconds = ctx.config.refreshGraceSeconds
  const state = await findSessionState(ctx.db, ctx.clock, { ...presented, graceSeconds })
  if (!state?.userIsActive) throw new DomainError('token_not_valid')
  if (state.isAbsoluteExpired) throw new DomainError('session_expired')
  if (presented.generation > state.generation) return repeatLost(ctx, { presented, state })
  if (state.isIdleExpired) throw new DomainError('token_not_valid', { detail: TOKEN_EXPIRED })
  const isCurrent = presented.generation === state.generation
  const isInGrace = state.isWithinGrace && presented.generation >= state.generation - 1
  // A stale token of such a user is a replay too, so only a good token gets this refusal.
  if ((isCurrent || isInGrace) && mustVerify(ctx, state)) throw new DomainError('email_not_verified')
  if (isInGrace) return answerWithinGrace(ctx, state)
  if (isCurrent) return null
  const { userId, sessionId } = state
  const event = composeEvent(ctx, { kind: 'refresh_replayed', userId, by: 'anyone', sessionId, details: {} })
  if (!(await deleteReplayedSession(ctx.db, ctx.clock, { ...presented, graceSeconds, event }))) return null
  ctx.watch.note('refresh_replayed', {})
  ctx.log.warn(
    {
      event: 'refresh_replayed',
      user: state.userId,
      session: state.sessionId,
      presented: presented.generation,
    },
    'a replaced refresh token came back; its session was ended',
  )
  throw new DomainError('token_not_valid')
}

/** Brings the row to the generation of a good token, for the next attempt. */
async function repeatLost(
  ctx: Context,
  { presented, state }: { presented: PresentedGeneration; state: SessionState },
): Promise<null> {
  if (mustVerify(ctx, state)) throw new DomainError('email_not_verified')
  const { userId, sessionId } = state
  const idleSeconds = ctx.config.refreshTokenLifetimeSeconds
  const lost = { ...presented, idleSeconds, ip: ctx.client.ip }
  if (!(await repeatRotation(ctx.db, ctx.clock, lost))) return null
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

async function answerWithinGrace(ctx: Context, state: SessionState): Promise<TokenSubject> {
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

function nameChange(ctx: Context, state: SessionState): 'device' | 'network' | 'both' | null {
  const device = state.userAgent !== ctx.client.userAgent
  const network = state.ip !== ctx.client.ip
  if (device && network) return 'both'
  if (device) return 'device'
  return network ? 'network' : null
}
