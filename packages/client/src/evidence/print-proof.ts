import type { DeviceKey } from '../session/key-store.ts'
import { createRandomText, encodeBase64Url } from './base64url.ts'

/** What a proof says of its request. */
export interface ProvenRequest {
  /** `POST`. */
  method: string
  /** The URL of the request, without a query. */
  url: string
  /** The last nonce of the server; undefined before its first answer. */
  nonce: string | undefined
}

/**
 * Prints a proof that a request is from the owner of a key (RFC 9449).
 *
 * @returns the header `DPoP`: a JWT of ES256
 */
export async function printProof(key: DeviceKey, { method, url, nonce }: ProvenRequest): Promise<string> {
  const { kty, crv, x, y } = key.publicKey
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } }
  const iat = Math.floor(Date.now() / 1000)
  const claims = { jti: createRandomText(), htm: method, htu: url, iat, nonce }
  const text = `${encodeJson(header)}.${encodeJson(claims)}`
  const signature = await key.sign(toBytes(text))
  return `${text}.${encodeBase64Url(readSignature(signature))}`
}

/** Not every React Native has a TextEncoder, so JSON escapes what is not ASCII: the path of a URL may have it. */
function encodeJson(value: object): string {
  const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return encodeBase64Url(JSON.stringify(value).replace(/[^\x20-\x7e]/g, escapeUnit))
}

function toBytes(ascii: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(ascii, (character) => character.charCodeAt(0))
}

/** Reads a signature of r and s. The stores of iOS and Android sign in DER: a sequence of two signed integers. */
function readSignature(signature: Uint8Array): Uint8Array {
  if (signature.length === 64) return signature
  const rEnd = 4 + (signature[3] ?? 0)
  const fixed = new Uint8Array(64)
  for (const [index, integer] of [signature.slice(4, rEnd), signature.slice(rEnd + 2)].entries()) {
    const bytes = integer.slice(-32)
    fixed.set(bytes, 32 * (index + 1) - bytes.length)
  }
  return fixed
}
