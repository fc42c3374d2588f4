import { type KeyObject, timingSafeEqual } from 'node:crypto'
import { computeMac, writeJwt } from './jws.ts'

/**
 * Signs claims as a JWT with HS256.
 *
 * @returns a JWT in compact form
 */
export function signHs256(claims: object, { kid, key }: { kid: string; key: KeyObject }): string {
  return writeJwt({ alg: 'HS256', kid }, claims, (input) => computeMac(input, key))
}

/**
 * Reads the claims of a JWT that was signed by {@link signHs256} with this key.
 *
 * The signature is compared as text, so a token has one spelling only. Nothing is parsed before it matches.
 *
 * @returns null for anything this key did not sign, letter by letter
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
