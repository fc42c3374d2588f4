import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { deleteRecoveryCodes } from '../tables/recovery-codes/statements.ts'
import { deleteSingleFactorSessions, lowerSessions } from '../tables/sessions/levels.ts'
import { deleteTotpFactor } from '../tables/totp-factors/statements.ts'
import { setSecondFactor } from '../tables/users/second-factor.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { issueRecoveryCodes } from './issue-recovery-codes.ts'
import { recordEvent } from './record-event.ts'
import { voidEmailChange } from './void-email-change.ts'

/**
 * Turns the second factor of a user on. Every other session with one factor ends, and so does a change of address that waits
 * for its link: one factor was enough to ask for it, and it would take the mailbox from the owner.
 *
 * The caller has moved the epoch of the user, which locks its row, and has stored the factor.
 *
 * @param input.sessionId - the session of the caller, which stays; null for none
 * @returns the first recovery codes, to be shown once; null when it was on
 */
export async function turnOnSecondFactor(
  ctx: Context,
  tx: Database,
  input: { userId: UserId; sessionId: SessionId | null },
): Promise<string[] | null> {
  const { userId, sessionId } = input
  if (!(await setSecondFactor(tx, ctx.clock, { id: userId, on: true }))) return null
  const codes = await issueRecoveryCodes(ctx, tx, userId)
  await deleteSingleFactorSessions(tx, { userId, except: sessionId })
  await voidEmailChange(ctx, tx, { userId, sessionId })
  const event = { kind: 'second_factor_enabled', userId, by: 'self', sessionId, details: {} } as const
  await recordEvent(ctx, tx, event)
  return codes
}

/**
 * Turns the second factor of a user off: the app and the recovery codes go, passkeys stay. Sessions that no passkey opened
 * have one factor from then on. The caller has moved the epoch of the user, which locks its row.
 *
 * @returns false when it was off
 */
export async function turnOffSecondFactor(ctx: Context, tx: Database, userId: UserId): Promise<boolean> {
  const wasOn = await setSecondFactor(tx, ctx.clock, { id: userId, on: false })
  await deleteTotpFactor(tx, userId)
  await deleteRecoveryCodes(tx, userId)
  await lowerSessions(tx, userId)
  return wasOn
}
