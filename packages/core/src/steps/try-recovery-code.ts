import type { Context } from '../context.ts'
import { hashTyped } from '../services/second-factor/recovery-codes.ts'
import { hashByEveryKey, readShortCode } from '../services/second-factor/short-codes.ts'
import type { CodeAttempt } from '../tables/code-attempts/statements.ts'
import { hasShortCode } from '../tables/recovery-codes/short.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { countCodeAttempt } from './code-attempts.ts'

/** A recovery code that may be looked for. */
export interface TriedCode {
  /** The code by each scheme that codes are stored with; none for a text that is no code. */
  hashes: string[]
  /** The counted attempt; absent for a code that cannot be guessed. */
  attempt?: CodeAttempt
}

/**
 * Reads a typed recovery code. Nothing is used up.
 *
 * A code of ours has 120 bits, so no lock refuses it. One that was moved in has 27. So an attempt at one is counted before
 * it is looked for, while the user has any.
 *
 * @param attempter.sessionId - the session of a step-up; null for a sign-in
 * @throws {DomainError} `mfa_locked` `recovery_codes_locked` - see {@link countCodeAttempt}
 */
export async function tryRecoveryCode(
  ctx: Context,
  attempter: { userId: UserId; sessionId: SessionId | null },
  typed: string,
): Promise<TriedCode> {
  const { userId } = attempter
  const short = readShortCode(typed)
  if (short === null) return { hashes: hashTyped(userId, typed) }
  if (!(await hasShortCode(ctx.db, userId))) return { hashes: [] }
  const attempt = await countCodeAttempt(ctx, { ...attempter, of: 'recovery' })
  return { hashes: hashByEveryKey(userId, short, ctx.secrets['recovery-code']), attempt }
}
