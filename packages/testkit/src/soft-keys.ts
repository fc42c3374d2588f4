import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { CborValue } from './cbor.ts'

/** The algorithms of a soft authenticator. */
export type SoftAlgorithm = 'ES256' | 'ES384' | 'EdDSA' | 'RS256' | 'RS512'

/** A key pair of an authenticator. */
export interface SoftKey {
  /** The public key as a COSE key. */
  cose: Map<number, CborValue>
  sign(data: Uint8Array): Buffer
}

interface Kind {
  alg: number
  hash: string | null
  make(): { publicKey: KeyObject; privateKey: KeyObject }
}

const makeEc = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve })
const makeRsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

const KINDS: Record<SoftAlgorithm, Kind> = {
  ES256: { alg: -7, hash: 'sha256', make: () => makeEc('P-256') },
  ES384: { alg: -35, hash: 'sha384', make: () => makeEc('P-384') },
  EdDSA: { alg: -8, hash: null, make: () => generateKeyPairSync('ed25519') },
  RS256: { alg: -257, hash: 'sha256', make: makeRsa },
  RS512: { alg: -259, hash: 'sha512', make: makeRsa },
}

const CURVES: Record<string, number> = { 'P-256': 1, 'P-384': 2, Ed25519: 6 }

/** Makes a key pair of an algorithm. */
export function makeSoftKey(algorithm: SoftAlgorithm): SoftKey {
  const { alg, hash, make } = KINDS[algorithm]
  const { publicKey, privateKey } = make()
  return { cose: describeKey(publicKey, alg), sign: (data) => sign(hash, data, privateKey) }
}

function describeKey(publicKey: KeyObject, alg: number): Map<number, CborValue> {
  const { kty, crv = '', x = '', y, n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  if (kty === 'RSA') {
    return new Map<number, CborValue>([
      [1, 3],
      [3, alg],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ])
  }
  const point: [number, CborValue][] = y === undefined ? [] : [[-3, bytes(y)]]
  return new Map<number, CborValue>([
    [1, kty === 'OKP' ? 1 : 2],
    [3, alg],
    [-1, CURVES[crv] ?? 0],
    [-2, bytes(x)],
    ...point,
  ])
}
