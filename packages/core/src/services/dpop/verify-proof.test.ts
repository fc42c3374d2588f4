import { makeProofKey, type ProofKey, type ProofParts } from '@latchkey/testkit'
import { base64url, CompactSign, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { makeNonce } from './nonce.ts'
import { type ProofRequest, verifyProof } from './verify-proof.ts'

const { 'dpop-nonce': keys } = deriveSecrets('a secret of at least thirty-two bytes', [])
/** 2026-01-01 */
const NOW = 1_767_225_600
const HTU = 'https://auth.example.com/refresh/'
const REQUEST: Omit<ProofRequest, 'header'> = {
  method: 'POST',
  path: '/refresh',
  publicUrl: 'https://auth.example.com',
  baseUrls: [],
  restPrefix: '',
  needsNonce: false,
  keys,
  epochSeconds: NOW,
}
const NONCE = makeNonce(keys, NOW)
const INVALID = { jkt: null, refusal: 'invalid_dpop_proof' }
const NEEDS_NONCE = { jkt: null, refusal: 'use_dpop_nonce' }

const check = (header: string, changes: Partial<ProofRequest> = {}) =>
  verifyProof({ ...REQUEST, ...changes, header })

let key: ProofKey
let other: ProofKey
beforeAll(async () => {
  ;[key, other] = [await makeProofKey(), await makeProofKey()]
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A proof that is right but for what a test changes. */
const prove = (parts: ProofParts = {}, by = key) =>
  by.prove({ htm: 'POST', htu: HTU, iat: NOW, nonce: NONCE, ...parts })

describe('a proof', () => {
  it.each(['ES256', 'Ed25519', 'EdDSA'] as const)('with %s proves the key', async (alg) => {
    const client = await makeProofKey(alg)
    expect(await check(await prove({}, client))).toEqual({ jkt: client.jkt, refusal: null })
  })

  it('of RFC 9449 proves the key with the thumbprint of section 6.1', async () => {
    const header =
      'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg'
    const at = { publicUrl: 'https://server.example.com', path: '/token', epochSeconds: 1_562_262_616 }
    expect(await check(header, at)).toEqual({
      jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
      refusal: null,
    })
  })

  it('with a good nonce counts whatever its iat says', async () => {
    for (const iat of [0, NOW - 86_400, NOW + 86_400]) {
      expect(await check(await prove({ iat }), { needsNonce: true })).toMatchObject({ refusal: null })
    }
  })

  it.each([
    ['fresh', 0, null],
    ['a minute old', -60, null],
    ['a minute ahead', 60, null],
    ['older than a minute', -61, 'use_dpop_nonce'],
    ['further ahead than a minute', 61, 'use_dpop_nonce'],
  ])('without a nonce: an iat that is %s', async (_name, seconds, refusal) => {
    const header = await prove({ nonce: null, iat: NOW + seconds })
    expect(await check(header)).toMatchObject({ refusal })
    expect(await check(header, { needsNonce: true })).toEqual(NEEDS_NONCE)
  })

  it('with an old nonce counts as one without', async () => {
    const nonce = makeNonce(keys, NOW - 240)
    expect(await check(await prove({ nonce }))).toMatchObject({ refusal: null })
    expect(await check(await prove({ nonce, iat: NOW - 61 }))).toEqual(NEEDS_NONCE)
    expect(await check(await prove({ nonce }), { needsNonce: true })).toEqual(NEEDS_NONCE)
  })

  it('that is captured works for four minutes and no longer', async () => {
    const header = await prove()
    expect(await check(header, { epochSeconds: NOW + 239, needsNonce: true })).toMatchObject({
      refusal: null,
    })
    expect(await check(header, { epochSeconds: NOW + 240, needsNonce: true })).toEqual(NEEDS_NONCE)
  })

  it('without a nonce costs no signature check', async () => {
    const verify = vi.spyOn(crypto.subtle, 'verify')
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    const header = await prove({ nonce: null })
    await check(header, { needsNonce: true })
    expect([verify.mock.calls.length, importKey.mock.calls.length]).toEqual([0, 0])
    await check(header)
    expect(verify).toHaveBeenCalledOnce()
  })
})

describe('no nonce is asked for', () => {
  it.each<[string, ProofParts]>([
    ['of another type', { header: { typ: 'JWT' }, iat: NOW - 61 }],
    ['without iat', { iat: null }],
    ['whose iat is a text', { iat: 'now' }],
  ])('by a text %s: another one with a nonce would be no proof either', async (_name, parts) => {
    expect(await check(await prove({ nonce: null, ...parts }))).toEqual(INVALID)
  })
})

describe('no proof is', () => {
  it.each<[string, ProofParts]>([
    ['one for another method', { htm: 'GET' }],
    ['one with the method in small letters', { htm: 'post' }],
    ['one without a method', { htm: null }],
    ['one for another path', { htu: 'https://auth.example.com/login/' }],
    ['one for another base', { htu: 'https://evil.example.com/refresh/' }],
    ['one without an address', { htu: null }],
    ['one without iat', { iat: null }],
    ['one whose iat is a text', { iat: String(NOW) }],
    ['one without jti', { jti: null }],
    ['one with an empty jti', { jti: '' }],
    ['one whose jti is a number', { jti: 7 }],
    ['one with a jti of 129 characters', { jti: 'x'.repeat(129) }],
    ['one of another type', { header: { typ: 'JWT' } }],
    ['one without a type', { header: { typ: undefined } }],
    ['one without a key', { header: { jwk: undefined } }],
    ['one whose key is null', { header: { jwk: null } }],
    ['one whose key is a text', { header: { jwk: 'key' } }],
  ])('%s', async (_name, parts) => {
    expect(await check(await prove(parts))).toEqual(INVALID)
  })

  it('one with a jti of 128 characters is a proof, however', async () => {
    expect(await check(await prove({ jti: 'x'.repeat(128) }))).toMatchObject({ refusal: null })
  })

  it('one whose iat is infinite', async () => {
    const header = await signText(`{"htm":"POST","htu":"${HTU}","jti":"a","iat":1e999,"nonce":"${NONCE}"}`)
    expect(await check(header)).toEqual(INVALID)
  })

  it('one that another key has signed', async () => {
    expect(await check(await prove({ header: { jwk: other.jwk } }))).toEqual(INVALID)
  })

  it.each(['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'])(
    'one whose key has the member %s',
    async (member) => {
      expect(await check(await prove({ header: { jwk: { ...key.jwk, [member]: 'AA' } } }))).toEqual(INVALID)
    },
  )

  it('one with the private key', async () => {
    expect(await check(await prove({ header: { jwk: key.privateJwk } }))).toEqual(INVALID)
  })

  it.each([
    ['a key for encryption', { use: 'enc' }],
    ['a key of another algorithm', { alg: 'EdDSA' }],
    ['half a key', { y: undefined }],
    ['a point that is not on the curve', { x: 'AAAA', y: 'AAAA' }],
    ['another kind of key', { kty: 'oct' }],
  ])('one with %s', async (_name, changes) => {
    expect(await check(await prove({ header: { jwk: { ...key.jwk, ...changes } } }))).toEqual(INVALID)
  })

  it('one with a key of P-384 under ES256', async () => {
    const { publicKey } = await generateKeyPair('ES384', { extractable: true })
    expect(await check(await prove({ header: { jwk: await exportJWK(publicKey) } }))).toEqual(INVALID)
  })

  it.each(['RS256', 'ES384', 'PS256'])('one with %s', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const header = await new SignJWT({ htm: 'POST', htu: HTU, iat: NOW, jti: 'a', nonce: NONCE })
      .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk: await exportJWK(publicKey) })
      .sign(privateKey)
    expect(await check(header)).toEqual(INVALID)
  })

  it('one with HS256 and the public key as its secret', async () => {
    const header = await new SignJWT({ htm: 'POST', htu: HTU, iat: NOW, jti: 'a', nonce: NONCE })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.jwk })
      .sign(new TextEncoder().encode(JSON.stringify(key.jwk)))
    expect(await check(header)).toEqual(INVALID)
  })

  it('one with none', async () => {
    const [, claims] = new UnsecuredJWT({ htm: 'POST', htu: HTU, iat: NOW, jti: 'a' }).encode().split('.')
    const head = base64url.encode(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk: key.jwk }))
    for (const signature of ['', 'AAAA'])
      expect(await check(`${head}.${claims}.${signature}`)).toEqual(INVALID)
  })

  it('one with a byte more in its claims or its signature', async () => {
    const [head, claims, signature] = (await prove()).split('.')
    const changed = base64url.encode(
      JSON.stringify({ htm: 'POST', htu: HTU, iat: NOW, jti: 'b', nonce: NONCE }),
    )
    expect(await check(`${head}.${changed}.${signature}`)).toEqual(INVALID)
    expect(await check(`${head}.${claims}.${signature}AA`)).toEqual(INVALID)
  })

  it('two of them', async () => {
    const [one, two] = [await prove(), await prove()]
    for (const header of [`${one}, ${two}`, `${one},${two}`, `${one} ${two}`, `${one}, `]) {
      expect(await check(header)).toEqual(INVALID)
    }
  })

  it('one with a space or padding in its signature', async () => {
    const proof = await prove()
    for (const header of [`${proof.slice(0, -4)} ${proof.slice(-4)}`, `${proof}==`]) {
      expect(await check(header)).toEqual(INVALID)
    }
  })

  it('one of more than 4,096 bytes', async () => {
    const header = await prove({ header: { kid: 'x'.repeat(4096) } })
    expect(await check(header)).toEqual(INVALID)
  })

  it.each([
    '',
    'a',
    'a.b',
    'a.b.c',
    'a.b.c.d.e',
    '..',
    '"',
    '\0',
    'é.é.é',
    '{}',
    'null.null.null',
    `${btoa('[]')}.${btoa('[]')}.AA`.replaceAll('=', ''),
  ])('the text %j', async (header) => {
    expect(await check(header)).toEqual(INVALID)
  })

  it('one with a critical member that is not known', async () => {
    const claims = JSON.stringify({ htm: 'POST', htu: HTU, iat: NOW, jti: 'a', nonce: NONCE })
    expect(await check(await signText(claims))).toMatchObject({ refusal: null })
    expect(await check(await signText(claims, { crit: ['x'], x: 1 }))).toEqual(INVALID)
  })

  it('one whose claims are no object', async () => {
    for (const text of ['[]', 'null', '"text"', '7', 'no JSON']) {
      expect(await check(await signText(text))).toEqual(INVALID)
    }
  })
})

/** Signs a payload that is as a test wants it. */
async function signText(text: string, further: Record<string, unknown> = {}): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(publicKey), ...further })
    .sign(privateKey, { crit: { x: true } })
}
