import type { Context } from '../context.ts'

/** What a refresh proves about a key. */
export interface RefreshProof {
  /** The thumbprint of the key; null when nothing was proven. */
  jkt: string | null
  /** Why nothing was proven; null when the request says nothing. */
  refusal: 'invalid_dpop_proof' | 'use_dpop_nonce' | null
}

/** Reads the proof of a refresh. A bad one is no error here: a session without a key does not ask for it. */
export async function readRefreshProof(_ctx: Context): Promise<RefreshProof> {
  return { jkt: null, refusal: null }
}
