import type { Context } from '../context.ts'
import { transaction } from '../database/transaction.ts'
import { type Challenge, countFailure, MOST_FAILURES } from '../tables/ceremonies/challenges.ts'
import type { CodeAttempt } from '../tables/code-attempts/statements.ts'
import { DomainError, type RefusalCode } from '../words/errors.ts'
import type { SecondFactor } from '../words/second-factors.ts'
import { findClosedLock, recordIfSpent } from './code-attempts.ts'
import { recordEvent } from './record-event.ts'

/** A wrong answer to a challenge. */
export interface WrongAnswer {
  challenge: Challenge
  factor: SecondFactor
  /** What the answer is refused with while the challenge still works. */
  refusal: RefusalCode
  /** The counted attempt of a code. */
  attempt?: CodeAttempt
}

/**
 * Counts and records a wrong answer to a challenge. Both are committed before the caller throws.
 *
 * @returns the refusal: that of the answer, `challenge_exhausted` for the last one that the challenge allows,
 *   `challenge_invalid` when it has ended, or the lock that the answer closed
 */
export async function refuseAnswer(ctx: Context, wrong: WrongAnswer): Promise<DomainError> {
  const { challenge, factor, refusal, attempt } = wrong
  const { userId } = challenge
  const failures = await transaction(ctx.db, async (tx) => {
    const counted = await countFailure(tx, ctx.clock, challenge)
    const details = { method: factor }
    await recordEvent(ctx, tx, { kind: 'second_factor_failed', userId, by: 'anyone', details })
    if (attempt) await recordIfSpent(ctx, tx, { userId, attempt })
    return counted
  })
  const attempter = { userId, sessionId: null, of: factor === 'totp' ? 'app' : 'recovery' } as const
  const lock = attempt && (await findClosedLock(ctx, attempter, attempt))
  if (lock) return lock
  if (failures === null) return new DomainError('challenge_invalid')
  return new DomainError(failures < MOST_FAILURES ? refusal : 'challenge_exhausted')
}
