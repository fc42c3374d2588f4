import type { Context } from '../../context.ts'
import { openPasskeyCeremony } from '../../steps/open-passkey-ceremony.ts'
import { describePasskeyRequest } from '../../steps/passkey-request.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import type { PasskeyRequest } from '../../words/second-factors.ts'

/**
 * Describes a sign-in with any passkey of this site. It takes no address, so it tells nothing about any user.
 *
 * @throws {DomainError} `passkeys_disabled`
 */
export async function describePasskeySignIn(ctx: Context): Promise<PasskeyRequest> {
  getPasskeySite(ctx)
  const challenge = await openPasskeyCeremony(ctx, { kind: 'passkey_sign_in', userId: null, sessionId: null })
  return describePasskeyRequest(ctx, challenge, [])
}
