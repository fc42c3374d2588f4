import type { Context } from '../../context.ts'
import { type CreationOptions, describeCreation } from '../../services/passkeys/creation-options.ts'
import { describeUserHandle } from '../../services/passkeys/user-handle.ts'
import type { FactorCaller } from '../../steps/factor-owner.ts'
import { openPasskeyCeremony } from '../../steps/open-passkey-ceremony.ts'
import { getPasskeyOwner } from '../../steps/passkey-owner.ts'
import { listPasskeysOfUser } from '../../tables/passkeys/find.ts'
import { DomainError } from '../../words/errors.ts'
import { MOST_PASSKEYS } from '../../words/passkey-level.ts'

/**
 * Describes the making of a passkey for the caller. Only the session that asked can register it.
 *
 * @throws {DomainError} `too_many_passkeys`
 * @throws {DomainError} `passkeys_disabled` `mfa_disabled` `not_authenticated` `insufficient_user_authentication` - see
 *   {@link getPasskeyOwner}
 */
export async function describePasskeyRegistration(
  ctx: Context,
  input: { by: FactorCaller },
): Promise<CreationOptions> {
  const { userId, email, sessionId } = await getPasskeyOwner(ctx, input.by)
  const passkeys = await listPasskeysOfUser(ctx.db, userId)
  if (passkeys.length >= MOST_PASSKEYS) throw new DomainError('too_many_passkeys')
  const { passkeyRpId, mfaIssuer, mfaChallengeLifetimeSeconds } = ctx.config
  return describeCreation({
    challenge: await openPasskeyCeremony(ctx, { kind: 'passkey_registration', userId, sessionId }),
    rp: { id: passkeyRpId, name: mfaIssuer },
    user: { handle: describeUserHandle(userId), email, displayName: email },
    timeoutSeconds: mfaChallengeLifetimeSeconds,
    passkeys,
  })
}
