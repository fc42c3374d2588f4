import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { requireMfa } from '../../steps/challenge.ts'
import type { Identity } from '../../steps/identity.ts'
import { issueRecoveryCodes } from '../../steps/issue-recovery-codes.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import { lockSession, lockUser } from '../../tables/locks.ts'
import { hasSecondFactor } from '../../tables/users/second-factor.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Makes ten new recovery codes. The former ones are dead.
 *
 * @returns the codes, to be shown once
 * @throws {DomainError} `no_second_factor` - the second factor is off, so a recovery code would open nothing
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `mfa_disabled` `insufficient_user_authentication`
 */
export async function replaceRecoveryCodes(
  ctx: Context,
  { identity }: { identity: Identity },
): Promise<string[]> {
  requireMfa(ctx)
  await requireRecent(ctx, identity)
  const { userId, sessionId } = identity
  return transaction(ctx.db, async (tx) => {
    await lockUser(tx, userId)
    if (!(await hasSecondFactor(tx, userId))) throw new DomainError('no_second_factor')
    const codes = await issueRecoveryCodes(ctx, tx, userId)
    if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
    const event = { kind: 'recovery_codes_replaced', userId, by: 'self', sessionId, details: {} } as const
    await recordEvent(ctx, tx, event)
    await queueFactorMail(ctx, tx, { userId, change: { kind: 'newCodes' } })
    return codes
  })
}
