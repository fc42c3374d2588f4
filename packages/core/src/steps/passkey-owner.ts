import type { Context } from '../context.ts'
import { type FactorCaller, type FactorOwner, getFactorOwner } from './factor-owner.ts'
import { getPasskeySite } from './passkey-site.ts'
import { requireRecent } from './require-recent.ts'

/**
 * Gets the user who adds a passkey. A caller with a session may do so where second factors are disabled too, because a
 * passkey is a way to sign in by itself.
 *
 * @throws {DomainError} `passkeys_disabled`
 * @throws {DomainError} `mfa_disabled` `not_authenticated` - of a set-up challenge, see {@link getFactorOwner}
 * @throws {DomainError} `insufficient_user_authentication` - see {@link requireRecent}
 */
export async function getPasskeyOwner(ctx: Context, caller: FactorCaller): Promise<FactorOwner> {
  getPasskeySite(ctx)
  if (!('identity' in caller)) return getFactorOwner(ctx, caller)
  const { identity } = caller
  await requireRecent(ctx, identity)
  const { userId, sessionId, user } = identity
  return { userId, email: user.email, sessionId, challenge: null }
}
