import type { Context } from '../../context.ts'
import { recordOnce } from '../../steps/record-event.ts'
import type { RefreshProof } from '../../steps/refresh-proof.ts'
import type { SessionState } from '../../tables/sessions/replay.ts'
import type { ProofFault } from '../../words/dpop.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Refuses the refresh of a session that is bound to a key and whose key was not proven. The session is untouched.
 *
 * The event, the line in the log and the signal tell of a thief, or of a caller that lost its key. A proof without a nonce
 * is neither: the caller repeats it with the nonce of the answer. There is at most one such event
 * for each rotation of a session.
 *
 * @param proof - what `readRefreshProof` returned; its `jkt` is not that of the session
 * @returns the refusal to throw: `use_dpop_nonce`, for which nothing was recorded, or `invalid_refresh_proof`, which is
 *   `invalid_dpop_proof` on the wire
 */
export async function refuseUnproven(
  ctx: Context,
  session: Pick<SessionState, 'userId' | 'sessionId' | 'rotatedAt' | 'sessionCreatedAt'>,
  proof: RefreshProof,
): Promise<DomainError> {
  if (proof.refusal === 'use_dpop_nonce') return new DomainError('use_dpop_nonce')
  const { userId, sessionId } = session
  const reason = nameFault(proof)
  ctx.watch.note('proof_refused', { reason })
  ctx.log.warn(
    { event: 'proof_refused', user: userId, session: sessionId, reason },
    'a session with a key was to be refreshed without the proof of that key',
  )
  const event = { kind: 'proof_refused', userId, by: 'anyone', sessionId, details: { reason } } as const
  await recordOnce(ctx, event, { key: sessionId, startsAt: session.rotatedAt ?? session.sessionCreatedAt })
  return new DomainError('invalid_refresh_proof')
}

function nameFault({ jkt, refusal }: RefreshProof): ProofFault {
  if (jkt !== null) return 'other_key'
  return refusal === null ? 'missing' : 'invalid'
}
