import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { requireMfa } from '../../steps/challenge.ts'
import type { Identity } from '../../steps/identity.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import { isFactorRequired } from '../../steps/second-factor-policy.ts'
import { turnOffSecondFactor } from '../../steps/turn-second-factor.ts'
import { verifyOwner } from '../../steps/verify-owner.ts'
import { lockSession } from '../../tables/locks.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Turns the second factor of the caller off. The authenticator app and the recovery codes go, passkeys stay.
 *
 * The password alone is not enough, where there is one: the session must have proven the second factor a short time ago. Sessions that no
 * passkey opened have one factor from then on.
 *
 * @param input.password - as it was typed; left out by a user that has none
 * @throws {DomainError} `mfa_required` - the settings demand a second factor of the caller
 * @throws {DomainError} `invalid_password` - also when the password changed since the check
 * @throws {DomainError} `invalid` `no_usable_password` - see {@link verifyOwner}
 * @throws {DomainError} `totp_not_active` - the second factor is off
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `throttled` - too many attempts in this session; nothing was hashed
 * @throws {DomainError} `mfa_disabled` `insufficient_user_authentication`
 */
export async function deactivateSecondFactor(
  ctx: Context,
  { identity, password }: { identity: Identity; password?: string | undefined },
): Promise<void> {
  requireMfa(ctx)
  await requireRecent(ctx, identity)
  if (isFactorRequired(ctx, identity.user.role)) throw new DomainError('mfa_required')
  const verified = await verifyOwner(ctx, identity, password)
  if (!verified) throw new DomainError('invalid_password')
  const { userId, sessionId } = identity
  await transaction(ctx.db, async (tx) => {
    // A new role ends the session, so the role that was asked about is the present one.
    const change = { id: userId, ifEpoch: verified.sessionEpoch }
    if ((await changeSecurity(tx, ctx.clock, change)) === null) throw new DomainError('invalid_password')
    if (!(await turnOffSecondFactor(ctx, tx, userId))) throw new DomainError('totp_not_active')
    if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
    const event = { kind: 'second_factor_disabled', userId, by: 'self', sessionId, details: {} } as const
    await recordEvent(ctx, tx, event)
    await queueFactorMail(ctx, tx, { userId, change: { kind: 'turnedOff' } })
  })
}
