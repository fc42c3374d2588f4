import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { openPasskeyCeremony } from '../../steps/open-passkey-ceremony.ts'
import { describePasskeyRequest } from '../../steps/passkey-request.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { listPasskeysOfUser } from '../../tables/passkeys/find.ts'
import { DomainError } from '../../words/errors.ts'
import type { PasskeyRequest } from '../../words/second-factors.ts'

/**
 * Describes a step-up with one of the caller's passkeys. Only the session that asked can answer it.
 *
 * @throws {DomainError} `no_second_factor` - the caller has no passkey of this site
 * @throws {DomainError} `passkeys_disabled`
 */
export async function describeReauthentication(
  ctx: Context,
  input: { identity: Identity },
): Promise<PasskeyRequest> {
  const { rpId } = getPasskeySite(ctx)
  const { userId, sessionId } = input.identity
  const held = await listPasskeysOfUser(ctx.db, userId)
  const passkeys = held.filter((passkey) => passkey.rpId === rpId)
  if (passkeys.length === 0) throw new DomainError('no_second_factor')
  const challenge = await openPasskeyCeremony(ctx, { kind: 'reauthentication', userId, sessionId })
  const allowed = passkeys.map(({ credentialId: id, transports }) => ({ id, transports }))
  return describePasskeyRequest(ctx, challenge, allowed)
}
