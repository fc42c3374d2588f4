import { base64url } from './jose.ts'

/**
 * Answers whether the signature of a token is in canonical base64url.
 *
 * Lenient decoders accept padding, white space and unused bits at the end, which the signature does not protect. A
 * second spelling would pass a list of refused tokens. The header and the payload are signed as text, so they need no
 * check of their own.
 *
 * @see RFC 7515 section 2
 */
export function hasCanonicalSignature(token: string): boolean {
  // A caller without types may pass a missing cookie.
  if (typeof token !== 'string') return false
  const signature = token.slice(token.lastIndexOf('.') + 1)
  try {
    return base64url.encode(base64url.decode(signature)) === signature
  } catch {
    return false
  }
}
