import type { Context } from '../context.ts'
import type { RelyingParty } from '../services/passkeys/verified-credential.ts'
import { DomainError } from '../words/errors.ts'

/**
 * Gets the site that passkeys belong to, from the settings.
 *
 * @throws {DomainError} `passkeys_disabled`
 */
export function getPasskeySite({ config }: Pick<Context, 'config'>): RelyingParty {
  if (!config.passkeysEnabled) throw new DomainError('passkeys_disabled')
  return { rpId: config.passkeyRpId, origins: config.passkeyOrigins }
}
