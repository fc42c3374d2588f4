import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

/** What a proof says, and what a test makes wrong. A member that is null is left out. */
export interface ProofParts {
  /** The method of the request. */
  htm?: unknown
  /** The address of the request. */
  htu?: unknown
  nonce?: unknown
  iat?: unknown
  jti?: unknown
  /** Replaces members of the header: `typ`, `alg`, `jwk`. */
  header?: Record<string, unknown>
}

/** The key of a client, which makes DPoP proofs. */
export interface ProofKey {
  /** The public key, as a proof has it. */
  jwk: JWK
  /** The RFC 7638 SHA-256 thumbprint of the key. */
  jkt: string
  /** The key with its private member. */
  privateJwk: JWK
  /** Makes a proof of the present moment with a new `jti`. */
  prove(parts: ProofParts): Promise<string>
}

/** Makes the key of a client. */
export async function makeProofKey(alg: 'ES256' | 'Ed25519' | 'EdDSA' = 'ES256'): Promise<ProofKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const [jwk, privateJwk] = [await exportJWK(publicKey), await exportJWK(privateKey)]
  return {
    jwk,
    jkt: await calculateJwkThumbprint(jwk),
    privateJwk,
    prove: ({ header, ...parts }) => {
      const claims = { iat: Math.floor(Date.now() / 1000), jti: crypto.randomUUID(), ...parts }
      return new SignJWT(withoutNulls(claims))
        .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk, ...header })
        .sign(privateKey)
    },
  }
}

function withoutNulls(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).filter(([, value]) => value !== null && value !== undefined),
  )
}
