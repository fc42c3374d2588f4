import type { Context } from '../../context.ts'
import { describeProvisioning, newTotpSecret, type Provisioning } from '../../services/second-factor/totp.ts'
import { sealTotpSecret } from '../../services/second-factor/totp-secret.ts'
import { type FactorCaller, getFactorOwner } from '../../steps/factor-owner.ts'
import { storePendingSecret } from '../../tables/totp-factors/statements.ts'
import { DomainError } from '../../words/errors.ts'

/** A secret that waits for its first code. */
export interface TotpSetUp extends Provisioning {
  /** How many seconds it waits. */
  expiresIn: number
}

/**
 * Makes a secret for an authenticator app. It is in force from its first code on, see `activateTotp`.
 *
 * A second call makes another secret, and the one before is dead. A working app stays in force meanwhile.
 *
 * @param input.replace - whether the secret is to replace a working app
 * @throws {DomainError} `totp_already_active` - there is a working app, and `replace` is not given
 * @throws {DomainError} `mfa_disabled` `not_authenticated` `insufficient_user_authentication` - see
 *   {@link getFactorOwner}
 */
export async function setUpTotp(
  ctx: Context,
  input: { by: FactorCaller; replace?: boolean },
): Promise<TotpSetUp> {
  const { userId, email, challenge } = await getFactorOwner(ctx, input.by)
  const secret = newTotpSecret()
  const lifetimeSeconds = ctx.config.mfaSetupLifetimeSeconds
  const isStored = await storePendingSecret(ctx.db, ctx.clock, {
    userId,
    sealed: await sealTotpSecret(secret, userId, ctx.secrets.totp),
    lifetimeSeconds,
    // A sign-in that must set a factor up has proven none, so it replaces none.
    replace: challenge === null && input.replace === true,
  })
  if (!isStored) throw new DomainError('totp_already_active')
  const provisioning = describeProvisioning(secret, { issuer: ctx.config.mfaIssuer, email })
  return { ...provisioning, expiresIn: lifetimeSeconds }
}
