import { createPrivateKey, createSecretKey, type KeyObject, sign } from 'node:crypto'
import type { JWK } from 'jose'
import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'
import { computeHmac } from './hs256.ts'
import type { Signer } from './sign-jwt.ts'

/** The signature algorithms of RFC 7518 section 3 and RFC 8037. */
const SIGNERS: Record<SigningAlgorithm, (jwk: JWK) => Signer> = {
  ES256: (jwk) => {
    // The encoding is set on the key itself. Node is twice as slow with an object that holds key and encoding.
    const key = Object.assign(openPrivateHalf(jwk), { dsaEncoding: 'ieee-p1363' as const })
    return (input) => toText(sign('sha256', Buffer.from(input), key))
  },
  EdDSA: (jwk) => {
    const key = openPrivateHalf(jwk)
    return (input) => toText(sign(null, Buffer.from(input), key))
  },
  RS256: (jwk) => {
    const key = openPrivateHalf(jwk)
    return (input) => toText(sign('sha256', Buffer.from(input), key))
  },
  HS256: (jwk) => {
    const key = createSecretKey(jwk.k ?? '', 'base64url')
    return (input) => computeHmac(input, key)
  },
}

/**
 * Creates a function that signs with a private key. The key cannot be read from the function.
 *
 * It signs in this thread. Passing a signature to libuv's thread pool costs as much as computing it, and there the
 * signature would wait behind password hashes.
 *
 * @see decision 040
 */
export function createSigner(algorithm: SigningAlgorithm, jwk: JWK): Signer {
  return SIGNERS[algorithm](jwk)
}

function openPrivateHalf(jwk: JWK): KeyObject {
  return createPrivateKey({ key: { ...jwk }, format: 'jwk' })
}

function toText(signature: Buffer): string {
  return signature.toString('base64url')
}
