import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from 'jose'
import type { ProofRefusal } from '../../words/dpop.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { isGoodNonce } from './nonce.ts'
import { readProof, type UncheckedProof } from './read-proof.ts'
import { namesTarget, type RequestedTarget } from './target.ts'

/** A proof, and the request that it has to be for. */
export interface ProofRequest extends RequestedTarget {
  /** The value of the `DPoP` header. */
  header: string
  method: string
  /** Whether only a proof with a good nonce counts. Without that a fresh `iat` is enough. */
  needsNonce: boolean
  /** The keys of nonces. */
  keys: DerivedKeys
  /** The present time of the process. */
  epochSeconds: number
}

/** What a proof proves: the possession of a key with this thumbprint, or nothing. */
export type ProofVerdict = { jkt: string; refusal: null } | { jkt: null; refusal: ProofRefusal }

/** How far the clock of a caller without a nonce may be from ours. */
const IAT_TOLERANCE_SECONDS = 60
const JTI_MAX_CHARACTERS = 128
/** The members of a private or a symmetric key: RFC 7518 section 6, RFC 8037 section 2. */
const PRIVATE_MEMBERS = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

/**
 * Verifies a proof of possession. The nonce comes before the signature, so a caller without one costs no signature check.
 *
 * Nothing is stored. A captured proof works again for the same request until its nonce is too old: after four minutes.
 *
 * @see RFC 9449 section 4.3
 * @see decision 131
 */
export async function verifyProof(request: ProofRequest): Promise<ProofVerdict> {
  const proof = readProof(request.header)
  if (!proof) return refuse('invalid_dpop_proof')
  if (!(await isTimely(proof, request))) return refuse('use_dpop_nonce')
  const jkt = await verifyKey(proof, request)
  const isSound = jkt !== null && isForRequest(proof, request) && hasOwnClaims(proof)
  return isSound ? { jkt, refusal: null } : refuse('invalid_dpop_proof')
}

function refuse(refusal: ProofRefusal): ProofVerdict {
  return { jkt: null, refusal }
}

/** A good nonce says when the proof was made, whatever the clock of the caller says. A malformed `iat` is refused later. */
async function isTimely({ claims }: UncheckedProof, request: ProofRequest): Promise<boolean> {
  const { keys, epochSeconds, needsNonce } = request
  if (await isGoodNonce(keys, claims.nonce, epochSeconds)) return true
  if (needsNonce) return false
  const { iat } = claims
  return typeof iat !== 'number' || Math.abs(iat - epochSeconds) <= IAT_TOLERANCE_SECONDS
}

/** Checks the signature by the key in the proof. The library throws faults of many classes, and each is a refusal. */
async function verifyKey({ alg, jwk }: UncheckedProof, request: ProofRequest): Promise<string | null> {
  if (!isPublic(jwk)) return null
  try {
    const currentDate = new Date(request.epochSeconds * 1000)
    await jwtVerify(request.header, EmbeddedJWK, { algorithms: [alg], typ: 'dpop+jwt', currentDate })
    return await calculateJwkThumbprint(jwk, 'sha256')
  } catch {
    return null
  }
}

function isPublic(jwk: JWK | undefined): jwk is JWK {
  return typeof jwk === 'object' && jwk !== null && !PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))
}

function isForRequest({ claims }: UncheckedProof, request: ProofRequest): boolean {
  return claims.htm === request.method && namesTarget(claims.htu, request)
}

function hasOwnClaims({ claims: { iat, jti } }: UncheckedProof): boolean {
  const isText = typeof jti === 'string' && jti.length >= 1 && jti.length <= JTI_MAX_CHARACTERS
  return Number.isFinite(iat) && isText
}
