import type { Context } from '../context.ts'
import { transaction } from '../database/transaction.ts'
import type { CodeAttempt } from '../tables/code-attempts/statements.ts'
import { DomainError, type RefusalCode } from '../words/errors.ts'
import type { SecondFactor } from '../words/second-factors.ts'
import { findClosedLock, recordIfSpent } from './code-attempts.ts'
import type { Identity } from './identity.ts'
import { recordEvent } from './record-event.ts'

/** A wrong proof in a session. */
export interface WrongProof {
  factor: SecondFactor
  refusal: RefusalCode
  /** The counted attempt of a code. */
  attempt?: CodeAttempt
}

/**
 * Records a wrong proof in a session. It is committed before the caller throws.
 *
 * @returns the refusal of the proof, or the lock that it closed
 */
export async function refuseProof(
  ctx: Context,
  { userId, sessionId }: Identity,
  { factor, refusal, attempt }: WrongProof,
): Promise<DomainError> {
  await transaction(ctx.db, async (tx) => {
    const event = { kind: 'second_factor_failed', userId, by: 'self', sessionId } as const
    await recordEvent(ctx, tx, { ...event, details: { method: factor } })
    if (attempt) await recordIfSpent(ctx, tx, { userId, attempt })
  })
  const attempter = { userId, sessionId, of: factor === 'totp' ? 'app' : 'recovery' } as const
  const lock = attempt && (await findClosedLock(ctx, attempter, attempt))
  return lock ?? new DomainError(refusal)
}
