/** Algorithms with public keys, which are published. */
export const PUBLISHED_ALGORITHMS = ['ES256', 'EdDSA', 'RS256'] as const
/** Algorithms of access tokens. HS256 has no public key. */
export const SIGNING_ALGORITHMS = [...PUBLISHED_ALGORITHMS, 'HS256'] as const
/** One of {@link SIGNING_ALGORITHMS}. */
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]
