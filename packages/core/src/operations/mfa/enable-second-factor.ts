import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { requireMfa } from '../../steps/challenge.ts'
import type { Identity } from '../../steps/identity.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import { rpIdOf } from '../../steps/second-factor-policy.ts'
import { turnOnSecondFactor } from '../../steps/turn-second-factor.ts'
import { lockSession, lockUser } from '../../tables/locks.ts'
import { hasPasskey } from '../../tables/passkeys/usable.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { hasSecondFactor } from '../../tables/users/second-factor.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Makes a sign-in with the password ask for the passkey of the caller too. Other sessions with one factor end.
 *
 * @returns the first recovery codes, to be shown once; null when the second factor was on, and nothing was written
 * @throws {DomainError} `no_second_factor` - the caller has no passkey
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `mfa_disabled` `insufficient_user_authentication`
 */
export async function enableSecondFactor(
  ctx: Context,
  { identity }: { identity: Identity },
): Promise<string[] | null> {
  requireMfa(ctx)
  await requireRecent(ctx, identity)
  const { userId, sessionId } = identity
  return transaction(ctx.db, async (tx) => {
    // The lock comes before the look, so that no removal of the passkey comes between the two.
    await lockUser(tx, userId)
    if (await hasSecondFactor(tx, userId)) return null
    const rpId = rpIdOf(ctx)
    const isThere = rpId !== null && (await hasPasskey(tx, { userId, rpId }))
    if (!isThere) throw new DomainError('no_second_factor')
    await changeSecurity(tx, ctx.clock, { id: userId })
    const codes = await turnOnSecondFactor(ctx, tx, { userId, sessionId })
    if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
    await queueFactorMail(ctx, tx, { userId, change: { kind: 'turnedOn' } })
    return codes
  })
}
