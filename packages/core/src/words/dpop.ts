export { type DpopMode, PROOF_ALGORITHMS } from '@latchkey/contract/dpop'

/** Why the refresh of a session with a key was refused: there was no proof, a bad one, or one of another key. */
export type ProofFault = 'missing' | 'invalid' | 'other_key'

/** Why a proof proves nothing. The second one asks for another proof with the nonce of the answer. */
export type ProofRefusal = 'invalid_dpop_proof' | 'use_dpop_nonce'
