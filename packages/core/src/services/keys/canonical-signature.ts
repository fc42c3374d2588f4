/**
 * Answers whether the signature of a token is written in its one proper form.
 *
 * Lenient decoders take padding, blanks and stray bits at the end of it, none of which the signature covers: then
 * one token has many spellings, and whoever keeps a list of tokens can be told another one.
 *
 * @see RFC 7515 section 2
 */
export function hasCanonicalSignature(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1)
  return Buffer.from(signature, 'base64url').toString('base64url') === signature
}
