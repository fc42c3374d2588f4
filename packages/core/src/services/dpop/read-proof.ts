import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose'
import { PROOF_ALGORITHMS } from '../../words/dpop.ts'

/** The parts of a proof whose signature has not been checked. */
export interface UncheckedProof {
  alg: string
  jwk: JWK | undefined
  claims: Record<string, unknown>
}

const MAX_BYTES = 4096
/** A compact JWS. The values of two headers arrive joined by a comma, so they are none. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/

/**
 * Reads the parts of a proof. Nothing of it is checked but its form, its type and its algorithm.
 *
 * @param header - the value of the `DPoP` header, of any length
 * @returns null for a text that is no proof
 * @see RFC 9449 section 4.2
 */
export function readProof(header: string): UncheckedProof | null {
  if (header.length > MAX_BYTES || !COMPACT.test(header)) return null
  try {
    const { typ, alg = '', jwk } = decodeProtectedHeader(header)
    const isProof = typ === 'dpop+jwt' && PROOF_ALGORITHMS.some((known) => known === alg)
    return isProof ? { alg, jwk, claims: decodeJwt(header) } : null
  } catch {
    return null
  }
}
