import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'

/** What a request says for DPoP (RFC 9449), and what it needs to be checked. */
export interface SentProof {
  /** The header `DPoP`; null where the request has none. */
  header: string | null
  method: string
  url: string
}

/** A proof that was read: the thumbprint of its key (RFC 7638), or the code of its refusal. */
export type ReadProof = { jkt: string } | { refusal: 'invalid_dpop_proof' | 'use_dpop_nonce' }

const NONCE_MILLISECONDS = 120_000
const OLDEST_SECONDS = 60
const INVALID = { refusal: 'invalid_dpop_proof' } as const

/** Creates the nonce of the two-minute window that a time of the server is in. */
export function nonceAt(serverNow: number): string {
  return `nonce-${Math.floor(serverNow / NONCE_MILLISECONDS)}`
}

/**
 * Checks a proof as the server does: type, algorithm, nonce, public key, real signature, method, URL, time.
 *
 * @param serverNow - the time of the server, in milliseconds
 * @param needsNonce - true for a refresh; where a session opens, a fresh `iat` is enough
 */
export function readProof(sent: SentProof, serverNow: number, needsNonce: boolean): ReadProof {
  try {
    const [header, payload, signature] = (sent.header ?? '').split('.') as [string, string, string]
    const { typ, alg, jwk } = decode(header)
    if (typ !== 'dpop+jwt' || alg !== 'ES256') return INVALID
    const { htm, htu, iat, jti, nonce } = decode(payload)
    const hasNonce = [0, NONCE_MILLISECONDS].some((age) => nonce === nonceAt(serverNow - age))
    if (needsNonce && !hasNonce) return { refusal: 'use_dpop_nonce' }
    if (!isSigned(jwk as JsonWebKey, `${header}.${payload}`, signature)) return INVALID
    if (htm !== sent.method || htu !== sent.url) return INVALID
    if (typeof iat !== 'number' || typeof jti !== 'string' || jti === '') return INVALID
    if (!hasNonce && Math.abs(serverNow / 1000 - iat) > OLDEST_SECONDS) return { refusal: 'use_dpop_nonce' }
    return { jkt: thumbprintOf(jwk as JsonWebKey) }
  } catch {
    return INVALID
  }
}

function isSigned(jwk: JsonWebKey, signed: string, signature: string): boolean {
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || 'd' in jwk) return false
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const bytes = Buffer.from(signature, 'base64url')
  return verify('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

function thumbprintOf({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
