/**
 * Answers whether the signature of a token is in canonical base64url.
 *
 * Lenient decoders accept padding, spaces and unused bits at the end, which the signature does not protect. One token
 * would then have many spellings, and a second spelling would pass a list of revoked tokens.
 *
 * @see RFC 7515 section 2
 */
export function hasCanonicalSignature(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1)
  return Buffer.from(signature, 'base64url').toString('base64url') === signature
}
