import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Context, PresentedProof } from '../../src/context.ts'
import { makeNonce } from '../../src/services/dpop/nonce.ts'

/** A key that stays on a device. */
export interface ProofKey {
  privateKey: KeyObject
  /** The RFC 7638 thumbprint of the public key. */
  jkt: string
  /** The encoded header of each proof. */
  header: string
}

/** Makes a key for ES256. */
export function createProofKey(): ProofKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' })
  const jwk = { crv: 'P-256', kty: 'EC', x, y }
  const jkt = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url')
  return { privateKey, jkt, header: encode({ typ: 'dpop+jwt', alg: 'ES256', jwk }) }
}

/** Reads the nonce that an answer of this moment carries. */
export function readNonce(ctx: Context): string {
  return makeNonce(ctx.secrets['dpop-nonce'], ctx.clock.epochSeconds())
}

/** Signs a proof for a path. */
export function signProof(
  ctx: Context,
  key: ProofKey,
  request: { path: string; nonce: string },
): PresentedProof {
  const { path, nonce } = request
  const claims = {
    jti: crypto.randomUUID(),
    htm: 'POST',
    htu: ctx.config.publicUrl + path,
    iat: ctx.clock.epochSeconds(),
    nonce,
  }
  const signed = `${key.header}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return { header: `${signed}.${signature.toString('base64url')}`, method: 'POST', path }
}

/** The context of a request with this proof. */
export function withProof(ctx: Context, proof: PresentedProof | null): Context {
  return proof === null ? ctx : { ...ctx, client: { ...ctx.client, proof } }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
