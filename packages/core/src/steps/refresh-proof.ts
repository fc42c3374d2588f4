import type { Context } from '../context.ts'
import type { ProofRefusal } from '../words/dpop.ts'
import { checkProof } from './check-proof.ts'

/** What a refresh proves about a key. */
export interface RefreshProof {
  /** The thumbprint of the key; null when nothing was proven. */
  jkt: string | null
  /** Why nothing was proven; null when the request says nothing. */
  refusal: ProofRefusal | null
}

/**
 * Reads the proof of a refresh. It needs a nonce, so a captured request works for at most four minutes.
 *
 * A bad proof is no error here, because a session without a key does not ask for one. `DPOP=off` changes nothing here: a
 * session that was bound before keeps its key.
 */
export async function readRefreshProof(ctx: Context): Promise<RefreshProof> {
  const { proof } = ctx.client
  return proof === null ? { jkt: null, refusal: null } : checkProof(ctx, proof, { needsNonce: true })
}
