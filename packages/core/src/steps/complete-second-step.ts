import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { transaction } from '../database/transaction.ts'
import { type Challenge, takeChallenge } from '../tables/ceremonies/challenges.ts'
import { settleAttempts } from '../tables/code-attempts/statements.ts'
import { lockUser } from '../tables/locks.ts'
import type { SessionLevel, TokenPair } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import type { SecondFactor } from '../words/second-factors.ts'
import { endExcessSessions } from './end-excess-sessions.ts'
import { finishConnection } from './finish-connection.ts'
import { issueTokens } from './issue-tokens.ts'
import { type CompleteSignIn, openSession } from './open-session.ts'

/** A right answer to a challenge. */
export interface SecondStep {
  challenge: Challenge
  factor: SecondFactor
  level: SessionLevel
  /** The scope of the attempt on a code; null for a factor that cannot be guessed. */
  scope: string | null
  /** Uses the factor up by one statement. False: it was used, or it changed since it was checked. */
  use: (tx: Database) => Promise<boolean>
}

/**
 * Opens the session of a sign-in whose second factor was right.
 *
 * The order of the locks is user, factor, challenge, connection, session. A step that changes nothing rolls the ones before it back,
 * so a lost race spends no code.
 *
 * @returns null when the factor could not be used, and nothing was written
 * @throws {DomainError} `challenge_invalid` - the challenge has ended, or the user or its connection changed since the first
 *   factor
 */
export async function completeSecondStep(ctx: Context, step: SecondStep): Promise<TokenPair | null> {
  const { challenge, factor, level, scope } = step
  const { userId, verifiedEpoch } = challenge
  const opened = await transaction(ctx.db, async (tx) => {
    if (!(await lockUser(tx, userId))) throw new DomainError('challenge_invalid')
    if (!(await step.use(tx))) return null
    const taken = await takeChallenge(tx, ctx.clock, challenge)
    if (!taken) throw new DomainError('challenge_invalid')
    const isFinished = await finishConnection(ctx, tx, { userId, pending: taken.pendingConnection })
    if (!isFinished) throw new DomainError('challenge_invalid')
    await settleAttempts(tx, userId, scope)
    const method = challenge.method as CompleteSignIn['method']
    const subject = await openSession(ctx, { userId, verifiedEpoch, method, second: factor, level }, tx)
    if (!subject) throw new DomainError('challenge_invalid')
    return subject
  })
  if (!opened) return null
  await endExcessSessions(ctx, opened)
  return issueTokens(ctx, opened)
}
