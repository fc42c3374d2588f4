import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { findFreePort } from '../free-port.ts'

/** What an endpoint of a {@link SmallProvider} may do instead of its work. */
export type Misbehaviour = (response: ServerResponse) => void

/** An issuer at a port of its own, which can do everything wrong that a network allows. */
export interface SmallProvider {
  issuer: string
  /** The person of the next tokens. */
  claims: Record<string, unknown>
  /** Replaces the answers of paths. */
  misbehave: Partial<Record<SmallProviderPath, Misbehaviour>>
  /** Signs an ID token for `acme-web` with the present key. */
  signIdToken(claims?: Record<string, unknown>): string
  /** From now on the provider signs with another key, and publishes that key alone. */
  rotateKey(): void
  close(): Promise<void>
}

/** The endpoints of a {@link SmallProvider}. */
export type SmallProviderPath = '/.well-known/openid-configuration' | '/keys' | '/token'

interface SigningKey {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
}

/** Starts an issuer over real HTTP. Its code flow gives the nonce that was put into the claims. */
export async function startSmallProvider(): Promise<SmallProvider> {
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  let key = makeKey()
  const answers: Partial<Record<string, () => object>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['ES256'],
    }),
    '/keys': () => ({
      keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: 'ES256', use: 'sig' }],
    }),
    '/token': () => ({
      access_token: randomUUID(),
      token_type: 'Bearer',
      id_token: provider.signIdToken(),
    }),
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const misbehave = provider.misbehave[path as SmallProviderPath]
    if (misbehave) return misbehave(response)
    const answer = answers[path]
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer?.() ?? {}))
  })
  const provider: SmallProvider = {
    issuer,
    claims: {},
    misbehave: {},
    signIdToken: (claims) => signJwt(key, { ...describeTimes(issuer), ...provider.claims, ...claims }),
    rotateKey: () => {
      key = makeKey()
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return provider
}

function makeKey(): SigningKey {
  return { kid: randomUUID(), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) }
}

function describeTimes(issuer: string) {
  const nowSeconds = Math.floor(Date.now() / 1000)
  return { iss: issuer, aud: 'acme-web', iat: nowSeconds, exp: nowSeconds + 600 }
}

function signJwt({ kid, privateKey }: SigningKey, claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode({ alg: 'ES256', kid })}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
