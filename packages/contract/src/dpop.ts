/** Algorithms of DPoP proofs, in the order in which a refusal names them. `Ed25519` is the name of RFC 9864. */
export const PROOF_ALGORITHMS = ['ES256', 'Ed25519', 'EdDSA'] as const

/** What a server does with DPoP proofs: it takes them, demands one for each new session, or ignores them. */
export const DPOP_MODES = ['optional', 'required', 'off'] as const

/** One of {@link DPOP_MODES}. */
export type DpopMode = (typeof DPOP_MODES)[number]
