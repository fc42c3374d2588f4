import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import {
  type AttemptLimits,
  type AttemptOrigin,
  type CodeAttempt,
  type CodeLock,
  countAttempt,
  findCodeLock,
  MOST_IN_A_ROW,
} from '../tables/code-attempts/statements.ts'
import { DomainError } from '../words/errors.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { describeNetwork } from './known-network.ts'
import { queueLockMail } from './queue-factor-mail.ts'
import { recordEvent } from './record-event.ts'

/** Who tries a code: a sign-in, or with `sessionId` a step-up in that session. */
export interface Attempter {
  userId: UserId
  sessionId: SessionId | null
  /** `recovery`: a recovery code that is short enough to be guessed. */
  of: 'app' | 'recovery'
}

/**
 * Counts an attempt on a code that can be guessed, before anything is compared.
 *
 * The code is not looked at while its place is locked, so a right one tells nothing.
 *
 * @throws {DomainError} `mfa_locked` - all attempts of the window are spent
 * @throws {DomainError} `totp_locked` `recovery_codes_locked` - so many wrong codes in a row that another factor is needed
 */
export async function countCodeAttempt(ctx: Context, attempter: Attempter): Promise<CodeAttempt> {
  const counted = await countAttempt(ctx.db, ctx.clock, describe(ctx, attempter))
  if (counted) return counted
  throw refuseLocked(attempter, await findCodeLock(ctx.db, ctx.clock, describe(ctx, attempter)))
}

/**
 * Finds the lock that a wrong code closed; null when more codes may be tried.
 *
 * @param attempt - that of the wrong code
 */
export async function findClosedLock(
  ctx: Context,
  attempter: Attempter,
  attempt: CodeAttempt,
): Promise<DomainError | null> {
  if (!isSpent(ctx, attempt)) return null
  return refuseLocked(attempter, await findCodeLock(ctx.db, ctx.clock, describe(ctx, attempter)))
}

/** Records that a wrong code was the last one, and warns the user: somebody knows the password. */
export async function recordIfSpent(
  ctx: Context,
  tx: Database,
  { userId, attempt }: { userId: UserId; attempt: CodeAttempt },
): Promise<void> {
  if (!isSpent(ctx, attempt)) return
  const details = { lasting: attempt.inARow >= MOST_IN_A_ROW }
  await recordEvent(ctx, tx, { kind: 'second_factor_locked', userId, by: 'anyone', details })
  await queueLockMail(ctx, tx, userId)
}

function isSpent(ctx: Context, attempt: CodeAttempt): boolean {
  return attempt.inWindow >= ctx.config.mfaMaxAttempts || attempt.inARow >= MOST_IN_A_ROW
}

function describe(ctx: Context, attempter: Attempter): AttemptOrigin & AttemptLimits {
  const { mfaMaxAttempts: max, mfaLockoutSeconds: windowSeconds } = ctx.config
  return { ...attempter, network: describeNetwork(ctx), max, windowSeconds }
}

function refuseLocked({ of }: Attempter, { isLasting, retryAfterSeconds }: CodeLock): DomainError {
  if (!isLasting) return new DomainError('mfa_locked', { retryAfterSeconds })
  return new DomainError(of === 'app' ? 'totp_locked' : 'recovery_codes_locked')
}
