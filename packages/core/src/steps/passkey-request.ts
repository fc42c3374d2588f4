import type { Context } from '../context.ts'
import type { AllowedPasskey } from '../tables/ceremonies/open-challenge.ts'
import type { PasskeyRequest } from '../words/second-factors.ts'

/** Describes a request for one of some passkeys, as a browser takes it. The list is empty for any passkey. */
export function describePasskeyRequest(
  ctx: Context,
  challenge: string,
  passkeys: AllowedPasskey[],
): PasskeyRequest {
  return {
    challenge,
    rpId: ctx.config.passkeyRpId,
    timeout: ctx.config.mfaChallengeLifetimeSeconds * 1000,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ id, transports }) => ({
      type: 'public-key',
      id,
      transports: transports.split(' ').filter((word) => word !== ''),
    })),
  }
}
