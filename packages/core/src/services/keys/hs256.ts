import { type KeyObject, timingSafeEqual } from 'node:crypto'
import { computeMac, writeJwt } from './sign-jws.ts'

/** Signs claims as a JWT in compact form with HS256. */
export function signHs256(claims: object, { kid, key }: { kid: string; key: KeyObject }): string {
  return writeJwt({ alg: 'HS256', kid }, claims, (input) => computeMac(input, key))
}

/**
 * Reads the claims of a JWT that {@link signHs256} signed with this key; null for any other, to the letter.
 *
 * The signature is compared as text, so a token has one spelling only. Nothing is parsed before it matches.
 */
export function readHs256(token: string, key: KeyObject): Record<string, unknown> | null {
  const end = token.lastIndexOf('.')
  const [input, signature] = [token.slice(0, end), token.slice(end + 1)]
  if (!isSameText(signature, computeMac(input, key))) return null
  const [header = '', payload = ''] = input.split('.')
  return decode(header).alg === 'HS256' ? decode(payload) : null
}

function isSameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
