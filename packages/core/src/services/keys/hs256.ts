import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { signJwt } from './sign-jwt.ts'

/** Signs claims with HS256, as a JWT in compact form. */
export function signHs256(claims: object, { kid, key }: { kid: string; key: KeyObject }): string {
  return signJwt({ alg: 'HS256', kid }, claims, (input) => computeHmac(input, key))
}

/**
 * Reads the claims of a JWT that was signed with HS256 and this key; null for any other text.
 *
 * The signature is compared as text, so one token has one spelling. Nothing is parsed before the signature matches.
 */
export function verifyHs256(token: string, key: KeyObject): Record<string, unknown> | null {
  const end = token.lastIndexOf('.')
  const [input, signature] = [token.slice(0, end), token.slice(end + 1)]
  if (!isSameText(signature, computeHmac(input, key))) return null
  const [header = '', payload = ''] = input.split('.')
  return decode(header).alg === 'HS256' ? decode(payload) : null
}

/** The HMAC of HS256, in base64url. */
export function computeHmac(input: string, key: KeyObject): string {
  return createHmac('sha256', key).update(input).digest('base64url')
}

function isSameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
