import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { countUnusedCodes, useRecoveryCode } from '../tables/recovery-codes/statements.ts'
import type { UserId } from '../words/ids.ts'
import { queueFactorMail } from './queue-factor-mail.ts'
import { recordEvent } from './record-event.ts'

/**
 * Uses a recovery code up, and tells its user. The caller has locked the user's row.
 *
 * @param input.hashes - of {@link tryRecoveryCode}
 * @returns false when none is an unused code of the user, and nothing was written
 */
export async function spendRecoveryCode(
  ctx: Context,
  tx: Database,
  { userId, hashes }: { userId: UserId; hashes: string[] },
): Promise<boolean> {
  if (hashes.length === 0) return false
  if (!(await useRecoveryCode(tx, ctx.clock, { userId, hashes }))) return false
  const left = await countUnusedCodes(tx, userId)
  await recordEvent(ctx, tx, { kind: 'recovery_code_used', userId, by: 'self', details: { left } })
  await queueFactorMail(ctx, tx, { userId, change: { kind: 'codeUsed', left } })
  return true
}
