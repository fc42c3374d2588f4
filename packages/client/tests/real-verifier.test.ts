import { listInvalidTokens, readClaims, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '../../../apps/server/tests/call.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { AccessRefusal, createVerifier, requireRecentAuthentication } from '../src/server/index.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs the claims of a good token with the key of the server. */
function signWith(good: string) {
  const { algorithm: alg, kid, sign } = server.ctx.keys.active()
  return ({ header, claims }: { header?: object; claims?: object }) => {
    const input = `${encode({ alg, kid, typ: 'JWT', ...header })}.${encode({ ...readClaims(good), ...claims })}`
    return `${input}.${sign(input)}`
  }
}

/** A verifier that has read the keys of the server. */
async function startVerifier() {
  const { text } = await call(`${server.url}/.well-known/jwks.json`)
  return createVerifier({ issuer: 'http://localhost:3000', fetch: async () => new Response(text) })
}

test('the verifier refuses every token that the server refuses, in the same words', async () => {
  const { access, refresh } = (await signUp(server.ctx)).tokens
  const sign = signWith(access)
  const tokens: [string, string][] = [
    ...(await listInvalidTokens(access, sign)),
    ['expired', sign({ claims: { exp: 1 } })],
    ['good', access],
    ['signed anew', sign({})],
    ['a refresh token', refresh],
  ]
  const verifier = await startVerifier()
  const differing = []
  for (const [fault, token] of tokens) {
    const judged = await verifier.verify(token).then(
      () => 'accepted',
      (error: AccessRefusal) => error.fault,
    )
    // A header cannot hold these spellings, so the server is asked in its core alone: see verify-token.test.ts.
    if (!/^[\x21-\x7e]+$/.test(token)) {
      if (judged !== 'Token is invalid') differing.push([fault, judged])
      continue
    }
    const answer = await call(`${server.url}/user/`, { token })
    const { messages } = answer.body as { messages?: [{ message: string }] }
    const wanted = answer.status === 200 ? 'accepted' : messages?.[0].message
    // Refresh tokens verify nowhere else, so the verifier cannot know their kind.
    const isAlike = judged === wanted || (fault === 'a refresh token' && judged === 'Token is invalid')
    if (!isAlike) differing.push([fault, judged, wanted])
  }
  expect(differing).toEqual([])
})

test('a token of the server says how its user signed in, and when', async () => {
  const { access } = (await signUp(server.ctx)).tokens
  const { session_iat, ...claims } = readClaims(access) as { session_iat: number; auth_time?: number }
  const identity = await (await startVerifier()).verify(access)
  expect(identity.acr).toBe('aal1')
  expect(identity.authTime.getTime()).toBe((claims.auth_time ?? session_iat) * 1000)
  expect(() => requireRecentAuthentication(identity)).not.toThrow()
  expect(() => requireRecentAuthentication(identity, { acr: 'aal2' })).toThrow(AccessRefusal)
})

test('a token without a key id is refused whatever the number and the kinds of the published keys are', async () => {
  const { access } = (await signUp(server.ctx)).tokens
  const nameless = signWith(access)({ header: { kid: undefined } })
  const published = server.core.jwks().keys
  const { kid } = server.ctx.keys.active()
  const ofOthers = published.map((key) =>
    key.kid === kid ? key : { ...key, kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' },
  )
  for (const keys of [published, ofOthers, published.filter((key) => key.kid === kid)]) {
    const fetch = async () => new Response(JSON.stringify({ keys }))
    const verifier = createVerifier({ issuer: 'http://localhost:3000', fetch })
    await expect(verifier.verify(access)).resolves.toMatchObject({ claims: readClaims(access) })
    await expect(verifier.verify(nameless)).rejects.toThrow(AccessRefusal)
  }
})
