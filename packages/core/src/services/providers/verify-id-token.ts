import {
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { DomainError } from '../../words/errors.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import type { Metadata } from './metadata.ts'
import { CredentialFault, ProviderDown } from './provider-faults.ts'
import type { Fetch } from './provider-fetch.ts'

/** Our clock and that of the provider may differ by this much. */
const SKEW_SECONDS = MINUTE_SECONDS
/** Unknown keys make the server ask for the keys again, once in this time. */
const KEY_COOLDOWN_MILLISECONDS = 30_000
/** Whoever knows the client secret could sign with a symmetric one, and the client id is public. */
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$|^(?:EdDSA|Ed25519)$/
/** Other tokens that a provider signs with the same keys for the same audience. */
const OTHER_TYPES = /^(?:application\/)?(?:at|logout|secevent)\+jwt$/i

/** What an ID token must be. */
export interface IdTokenChecks {
  metadata: Metadata
  /** The client ids that it may be for. */
  audiences: readonly string[]
  /** All client ids of this provider: any of them may have asked for it. */
  clientIds: readonly string[]
  /** Undefined: none was sent. */
  nonce: string | undefined
  nowSeconds: number
  /** The issuers that are right for these claims. Default: the one of the metadata. */
  issuersFor?: (claims: JWTPayload) => readonly string[]
  /** Apple: a token may say that its device knows no nonce. */
  mayLackNonce?: boolean
}

/** Verifies the ID tokens of one provider. */
export type VerifyIdToken = (idToken: string, checks: IdTokenChecks) => Promise<JWTPayload>

/**
 * Makes the one function that every ID token passes: posted by a client, or given for a code.
 *
 * `oauth4webapi` takes a code's ID token without its signature, so `jose` verifies all of them.
 *
 * @returns a function that throws {@link CredentialFault}, {@link ProviderDown}, or `client_id_mismatch` for a token that
 *   is sound and made for another client
 */
export function createIdTokenVerifier(fetch: Fetch): VerifyIdToken {
  const keySets = new Map<string, JWTVerifyGetKey>()
  return async (idToken, checks) => {
    const { metadata, nowSeconds } = checks
    if (metadata.jwks_uri === undefined) throw new ProviderDown('metadata without keys')
    const keys = keySets.get(metadata.jwks_uri) ?? openKeys(metadata.jwks_uri, fetch)
    keySets.set(metadata.jwks_uri, keys)
    const claims = await verifySignature(idToken, { keys, metadata, nowSeconds })
    requireIssuer(claims, checks)
    requireTimes(claims, nowSeconds)
    requireNonce(claims, checks)
    if (typeof claims.sub !== 'string') throw new CredentialFault('sub')
    requireAudience(claims, checks)
    return claims
  }
}

function openKeys(uri: string, fetch: Fetch): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(uri), {
    cooldownDuration: KEY_COOLDOWN_MILLISECONDS,
    [customFetch]: fetch as never,
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (error instanceof ProviderDown) throw error
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
        throw new CredentialFault('no key', { cause: error })
      }
      throw new ProviderDown('unfit keys', { cause: error })
    }
  }
}

async function verifySignature(
  idToken: string,
  { keys, metadata, nowSeconds }: { keys: JWTVerifyGetKey; metadata: Metadata; nowSeconds: number },
): Promise<JWTPayload> {
  const named = metadata.id_token_signing_alg_values_supported
  const algorithms = (Array.isArray(named) ? named : ['RS256']).filter((name) =>
    ASYMMETRIC.test(String(name)),
  )
  try {
    if (OTHER_TYPES.test(decodeProtectedHeader(idToken).typ ?? '')) throw new CredentialFault('typ')
    const verified = await jwtVerify(idToken, keys, {
      algorithms: algorithms as string[],
      currentDate: new Date(nowSeconds * 1000),
      // For `nbf`. The expiry is judged without it.
      clockTolerance: SKEW_SECONDS,
    })
    return verified.payload
  } catch (error) {
    if (error instanceof ProviderDown || error instanceof CredentialFault) throw error
    // The library also throws TypeErrors and DOMExceptions for keys and texts of strangers.
    throw new CredentialFault(error instanceof errors.JOSEError ? error.code : 'malformed', { cause: error })
  }
}

function requireIssuer(claims: JWTPayload, { metadata, issuersFor }: IdTokenChecks): void {
  const issuers = issuersFor?.(claims) ?? [metadata.issuer]
  if (!issuers.some((issuer) => issuer === claims.iss)) throw new CredentialFault('iss')
}

function requireTimes({ exp, iat }: JWTPayload, nowSeconds: number): void {
  if (typeof exp !== 'number' || exp <= nowSeconds) throw new CredentialFault('exp')
  if (typeof iat !== 'number' || iat > nowSeconds + SKEW_SECONDS) throw new CredentialFault('iat')
}

function requireNonce(claims: JWTPayload, { nonce, mayLackNonce }: IdTokenChecks): void {
  if (nonce === undefined || claims.nonce === nonce) return
  const isExcused = mayLackNonce === true && claims.nonce === undefined && claims.nonce_supported === false
  if (!isExcused) throw new CredentialFault('nonce')
}

/** `azp` is the client that asked for the token. It must be ours, also beside a single audience of ours. */
function requireAudience({ aud, azp }: JWTPayload, { audiences, clientIds }: IdTokenChecks): void {
  const named = Array.isArray(aud) ? aud : [aud]
  const isForUs = audiences.some((ours) => named.includes(ours))
  const isAskedByUs = azp === undefined ? named.length === 1 : clientIds.includes(azp as string)
  if (!isForUs || !isAskedByUs) throw new DomainError('client_id_mismatch')
}
