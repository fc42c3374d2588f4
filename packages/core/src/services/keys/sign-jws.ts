import { createHmac, createPrivateKey, createSecretKey, type KeyObject, sign } from 'node:crypto'
import type { JWK } from 'jose'
import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'

/** Signs the first two parts of a JWT; what comes back is the third. */
export type Signer = (input: string) => string

/** Each as RFC 7518 section 3 and RFC 8037 have it. */
const SIGNERS: Record<SigningAlgorithm, (jwk: JWK) => Signer> = {
  ES256: (jwk) => {
    // The encoding as a property of the key: Node takes twice as long over an object that only holds one.
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
    return (input) => computeMac(input, key)
  },
}

/**
 * Makes what signs with a private key, and keeps the key to itself.
 *
 * In this thread: handing a signature to libuv's pool costs as much as making it, and there it would wait behind
 * password hashes.
 *
 * @see decision 040
 */
export function createSigner(algorithm: SigningAlgorithm, jwk: JWK): Signer {
  return SIGNERS[algorithm](jwk)
}

/** Writes a JWT in compact form (RFC 7515 section 3.1). */
export function writeJwt(
  header: { alg: SigningAlgorithm; kid: string },
  claims: object,
  signer: Signer,
): string {
  const input = `${encode({ ...header, typ: 'JWT' })}.${encode(claims)}`
  return `${input}.${signer(input)}`
}

/** The HMAC of HS256, in base64url. */
export function computeMac(input: string, key: KeyObject): string {
  return createHmac('sha256', key).update(input).digest('base64url')
}

function openPrivateHalf(jwk: JWK): KeyObject {
  return createPrivateKey({ key: { ...jwk }, format: 'jwk' })
}

function toText(signature: Buffer): string {
  return signature.toString('base64url')
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
