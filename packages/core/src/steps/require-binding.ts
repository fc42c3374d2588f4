import type { Context } from '../context.ts'
import type { Binding } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import { checkProof } from './check-proof.ts'

/**
 * Finds the key that a session of this call is to be bound to. It comes before every other work of such a call, so a
 * refused one costs no hash.
 *
 * @returns null when the request has no proof, or with `DPOP=off`; the session is then a usual one
 * @throws {DomainError} `dpop_required` - there is no proof, with `DPOP=required`
 * @throws {DomainError} `invalid_dpop_proof` - 400
 * @throws {DomainError} `use_dpop_nonce` - 401: the proof has no good nonce, and its `iat` is not that of a minute
 */
export async function requireBinding(ctx: Context): Promise<Binding | null> {
  const { dpop } = ctx.config
  const { proof } = ctx.client
  if (dpop === 'off') return null
  if (proof === null) {
    if (dpop === 'required') throw new DomainError('dpop_required')
    return null
  }
  const { jkt, refusal } = await checkProof(ctx, proof, { needsNonce: false })
  if (refusal !== null) throw new DomainError(refusal)
  return { jkt, boundBy: 'dpop' }
}
