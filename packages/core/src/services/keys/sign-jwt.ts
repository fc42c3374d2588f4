import type { SigningAlgorithm } from '../../words/signing-algorithms.ts'

/** Signs the first two parts of a JWT and returns the third part. */
export type Signer = (input: string) => string

/** Signs claims as a JWT in compact form (RFC 7515 section 3.1). */
export function signJwt(
  header: { alg: SigningAlgorithm; kid: string },
  claims: object,
  signer: Signer,
): string {
  const input = `${encode({ ...header, typ: 'JWT' })}.${encode(claims)}`
  return `${input}.${signer(input)}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
