import {
  CompactEncrypt,
  type CryptoKey,
  compactDecrypt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  generateSecret,
  importJWK,
  type JWK,
} from 'jose'
import type { StoredKey } from '../../tables/signing-keys/statements.ts'
import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'
import { createSigner } from './create-signer.ts'
import type { DerivedKeys } from './derived-keys.ts'
import type { Signer } from './sign-jwt.ts'

/** A decrypted signing key. */
export interface SigningKey {
  kid: string
  algorithm: SigningAlgorithm
  publicJwk: JWK | null
  /** Signs with the private half, which cannot be read from here. */
  sign: Signer
  verifyKey: CryptoKey
}

/** The ids of keys that other programs know begin so. */
const SHARED_PREFIX = 'old-'

/** Generates a key and encrypts its private half. */
export async function generateSigningKey(
  algorithm: SigningAlgorithm,
  encryptionKeys: DerivedKeys,
  sealedAt: number,
): Promise<StoredKey> {
  const kid = newKeyId(9)
  const { publicJwk, privateJwk } = await generateJwks(algorithm)
  return {
    kid,
    algorithm,
    publicJwk: publicJwk && { ...publicJwk, kid, alg: algorithm, use: 'sig' },
    privateJwe: await encryptJwk(privateJwk, encryptionKeys, sealedAt),
  }
}

/** Encrypts a secret that other programs know too, as a key of HS256. */
export async function sealSharedKey(
  secret: string,
  encryptionKeys: DerivedKeys,
  sealedAt: number,
): Promise<StoredKey> {
  const privateJwe = await encryptJwk(toSharedJwk(secret), encryptionKeys, sealedAt)
  return { kid: SHARED_PREFIX + newKeyId(6), algorithm: 'HS256', publicJwk: null, privateJwe }
}

/** The JWK of a secret: its bytes are those of its text. */
export function toSharedJwk(secret: string): JWK {
  return { kty: 'oct', k: Buffer.from(secret).toString('base64url') }
}

/** Answers whether other programs know the private half of a key, and so can sign with it. */
export function isShared({ kid, algorithm }: Pick<StoredKey, 'kid' | 'algorithm'>): boolean {
  return algorithm === 'HS256' && kid.startsWith(SHARED_PREFIX)
}

function newKeyId(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('base64url')
}

async function generateJwks(
  algorithm: SigningAlgorithm,
): Promise<{ publicJwk: JWK | null; privateJwk: JWK }> {
  if (algorithm === 'HS256') {
    const secret = await generateSecret('HS256', { extractable: true })
    return { publicJwk: null, privateJwk: await exportJWK(secret) }
  }
  const pair = await generateKeyPair(algorithm, { extractable: true })
  return { publicJwk: await exportJWK(pair.publicKey), privateJwk: await exportJWK(pair.privateKey) }
}

/** Encrypts a private JWK under the current derived key. Its header says when, see {@link readSeal}. */
export async function encryptJwk(jwk: JWK, encryptionKeys: DerivedKeys, sealedAt: number): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: encryptionKeys.current.kid, iat: sealedAt })
    .encrypt(encryptionKeys.current.key)
}

/**
 * Decrypts a stored key for use.
 *
 * @throws when the key was encrypted under a secret that is neither `SECRET_KEY` nor one of its fallbacks
 */
export async function openSigningKey(stored: StoredKey, encryptionKeys: DerivedKeys): Promise<SigningKey> {
  const algorithm = stored.algorithm as SigningAlgorithm
  const privateJwk = await decryptJwk(stored, encryptionKeys)
  return {
    kid: stored.kid,
    algorithm,
    publicJwk: stored.publicJwk,
    sign: createSigner(algorithm, privateJwk),
    verifyKey: await importKey(stored.publicJwk ?? privateJwk, algorithm),
  }
}

/** Decrypts the private half of a stored key. */
export async function decryptJwk(stored: StoredKey, encryptionKeys: DerivedKeys): Promise<JWK> {
  const { plaintext } = await compactDecrypt(stored.privateJwe, async ({ kid }) => {
    const derived = await encryptionKeys.find(kid ?? '')
    if (derived) return derived.key
    throw new Error(
      `Signing key ${stored.kid} was encrypted under another SECRET_KEY; add the former one to SECRET_KEY_FALLBACKS.`,
    )
  })
  return JSON.parse(new TextDecoder().decode(plaintext)) as JWK
}

/** The key that encrypted a private half, and when, in seconds since the epoch. Former releases noted no time. */
export function readSeal(stored: Pick<StoredKey, 'privateJwe'>): { kid: string; sealedAt: number | null } {
  const { kid = '', iat } = decodeProtectedHeader(stored.privateJwe)
  return { kid, sealedAt: typeof iat === 'number' ? iat : null }
}

async function importKey(jwk: JWK, algorithm: SigningAlgorithm): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm)
  if (!(key instanceof Uint8Array)) return key
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', Buffer.from(key), hmac, false, ['verify'])
}
