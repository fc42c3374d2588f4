import type { Context, PresentedProof } from '../context.ts'
import { type ProofVerdict, verifyProof } from '../services/dpop/verify-proof.ts'

/**
 * Checks a proof for the present request.
 *
 * @param options.needsNonce - whether a fresh `iat` is not enough
 */
export function checkProof(
  ctx: Context,
  proof: PresentedProof,
  options: { needsNonce: boolean },
): Promise<ProofVerdict> {
  const { publicUrl, dpopBaseUrls: baseUrls, restPrefix } = ctx.config
  return verifyProof({
    ...proof,
    ...options,
    publicUrl,
    baseUrls,
    restPrefix,
    keys: ctx.secrets['dpop-nonce'],
    epochSeconds: ctx.clock.epochSeconds(),
  })
}
