import { EVERY_SETTINGS, type OperationDefinition, operations, resolveOperation } from '@latchkey/contract'
import { decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { mergeFields } from '../../generator/read-fields.ts'
import { printProof } from '../../src/evidence/print-proof.ts'
import { createLoadedEvidence } from '../../src/session/evidence.ts'
import { collectOperations } from '../support/all-operations.ts'
import { openBrowser } from '../support/bound-browser.ts'
import { createDeviceKeys } from '../support/device-keys.ts'
import { json } from '../support/model-server.ts'

afterEach(() => vi.unstubAllGlobals())

const CONTRACT: [string, OperationDefinition][] = Object.entries(operations)
const binding = CONTRACT.filter(([, definition]) =>
  EVERY_SETTINGS.some((settings) => resolveOperation(definition, settings).proofUse === 'binds'),
)

describe('a call that can open a session', () => {
  test('is one of the contract', () => {
    expect(binding.length).toBeGreaterThan(6)
  })

  test.each(binding)('brings a proof: %s', async (_name, definition) => {
    const sent: { url: string; proof: string | null }[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      sent.push({ url: String(input), proof: new Headers(init?.headers).get('dpop') })
      return json({ detail: 'ok' })
    }
    const { client } = openBrowser({ fetch })
    const fields = mergeFields((settings) => definition.input?.(settings) ?? {})
    const path = (definition.client ?? definition.procedure).split('.')
    const call = path.reduce<unknown>((part, name) => Object(part)[name], collectOperations(client)) as (
      input: object,
    ) => Promise<unknown>
    // Most refuse this answer, after they have sent their request.
    await call(Object.fromEntries(fields.map(({ name }) => [name, `a-${name}`]))).catch(() => {})
    expect(sent).toHaveLength(1)
    expect(decodeJwt(String(sent[0]?.proof))).toMatchObject({ htm: definition.method, htu: sent[0]?.url })
  })
})

describe('a proof', () => {
  const request = { method: 'POST', url: 'https://auth.example.com/login/', nonce: undefined }

  test('is what RFC 9449 asks for, and its signature is right', async () => {
    const key = await createDeviceKeys().create('a')
    const proof = await printProof(key, { ...request, nonce: 'n-1' })
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt' })
    expect(protectedHeader).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicKey })
    expect(payload).toEqual({
      jti: expect.stringMatching(/^[\w-]{22}$/),
      htm: 'POST',
      htu: request.url,
      iat: expect.any(Number),
      nonce: 'n-1',
    })
  })

  test('never has the jti of another one', async () => {
    const key = await createDeviceKeys().create('a')
    const proofs = await Promise.all(Array.from({ length: 20 }, () => printProof(key, request)))
    expect(new Set(proofs.map((proof) => decodeJwt(proof).jti)).size).toBe(20)
  })

  test('shows no private part, also where a store gives it', async () => {
    const { publicKey, sign } = await createDeviceKeys().create('a')
    const careless = { publicKey: { ...publicKey, d: 'secret' }, sign }
    expect(decodeProtectedHeader(await printProof(careless, request)).jwk).toEqual(publicKey)
  })

  test('may name a URL that is not ASCII', async () => {
    const key = await createDeviceKeys().create('a')
    const url = 'https://auth.example.com/größe/日本/login/'
    const { payload } = await jwtVerify(await printProof(key, { ...request, url }), EmbeddedJWK)
    expect(payload.htu).toBe(url)
  })

  test('takes the signature of a platform in DER, whose numbers have any length', async () => {
    const { createSign, generateKeyPairSync } = await import('node:crypto')
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = publicKey.export({ format: 'jwk' }) as never
    const sign = async (data: Uint8Array) => createSign('sha256').update(data).sign(privateKey)
    const lengths = new Set<number>()
    for (let round = 0; round < 300; round++) {
      const noted = async (data: Uint8Array) => {
        const signature = await sign(data)
        lengths.add(signature.length)
        return signature
      }
      await jwtVerify(await printProof({ publicKey: jwk, sign: noted }, request), EmbeddedJWK)
    }
    expect(lengths.size).toBeGreaterThan(2)
  })

  test('needs no source of random numbers, which React Native lacks', async () => {
    const key = await createDeviceKeys().create('a')
    vi.stubGlobal('crypto', undefined)
    const proof = await printProof(key, request)
    expect(decodeJwt(proof).jti).toMatch(/^[\w-]{22}$/)
  })
})

describe('evidence that cannot be loaded', () => {
  const failing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
  const route = 'POST /login/'

  test('fails no sign-in, and no refresh of a session that is not bound', async () => {
    const plain = vi.fn(async () => 'answer')
    const { send } = createLoadedEvidence(plain as never, failing)
    expect(await send({ route, refreshes: null })).toBe('answer')
    expect(await send({ route, refreshes: { bound: undefined } })).toBe('answer')
    expect(plain).toHaveBeenCalledTimes(2)
  })

  test('sends no refresh of a bound session, and is loaded again for the next one', async () => {
    const plain = vi.fn()
    const load = vi.fn(failing)
    const { send } = createLoadedEvidence(plain, load)
    for (let round = 0; round < 2; round++)
      await expect(send({ route, refreshes: { bound: 'a' } })).rejects.toMatchObject({
        code: 'network_error',
      })
    expect(plain).not.toHaveBeenCalled()
    expect(load).toHaveBeenCalledTimes(2)
  })

  test('that never comes delays a sign-in for seconds', async () => {
    vi.useFakeTimers()
    const { send } = createLoadedEvidence((async () => 'answer') as never, () => new Promise(() => {}))
    const answer = send({ route, refreshes: null })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await answer).toBe('answer')
    vi.useRealTimers()
  })

  test('is not loaded for any other call, and early for a bound session', async () => {
    const load = vi.fn(failing)
    const { send, prepare } = createLoadedEvidence((async () => 'answer') as never, load)
    await send({ route })
    prepare(null)
    prepare({ bound: undefined } as never)
    expect(load).not.toHaveBeenCalled()
    prepare({ bound: 'a' } as never)
    expect(load).toHaveBeenCalledTimes(1)
  })
})
