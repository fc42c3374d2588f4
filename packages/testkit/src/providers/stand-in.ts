import { createHash, randomUUID } from 'node:crypto'
import type { Fetch } from '@latchkey/core'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { describeMetadata, PLACES, type Place, type PlaceName } from './places.ts'
import { describeGithubToken, type GivenToken, RESOURCES } from './resources.ts'

/** The secret of every client of a stand-in. */
export const STAND_IN_SECRET = 'the-secret-of-a-client-of-stand-ins'

/** A person in the words of its provider: claims, or the fields of the API. */
export type ProviderPerson = Record<string, unknown>

/** Answers instead of a stand-in; undefined: the stand-in answers. */
export type Override = (url: URL, request: Request) => Response | undefined | Promise<Response | undefined>

/** All providers at the edge of the network. */
export interface ProviderStandIn {
  /** Takes the place of the network: `createTestCore({ providerSettings, providerFetch: standIn.fetch })`. */
  fetch: Fetch
  /** The addresses that were asked, without their query. */
  asked: string[]
  /** Replaces answers: slow ones, broken ones. */
  override: { answer: Override }
  /** The person agrees to what the address of {@link Place.authorization} asks for. Gives the query of the callback. */
  authorize(url: URL, person: ProviderPerson): URLSearchParams
  /** Gives an access token as an app gets it. */
  giveAccessToken(token: GivenToken): string
  /** Signs claims over those of a fresh ID token. A claim that is undefined is left out. */
  signIdToken(
    provider: PlaceName,
    claims: JWTPayload,
    header?: { kid?: string; typ?: string },
  ): Promise<string>
  /** From now on the provider signs with another key and publishes that key alone. */
  rotateKey(provider: PlaceName): Promise<void>
}

interface SigningKey {
  kid: string
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  jwk: object
}

interface GivenCode extends GivenToken {
  redirectUri: string
  nonce: string | null
  challenge: string | null
}

/** Makes stand-ins of all presets and of the issuer `https://id.acme.example`. */
export async function createProviderStandIn(): Promise<ProviderStandIn> {
  const keys = new Map<PlaceName, SigningKey>()
  const codes = new Map<string, GivenCode>()
  const tokens = new Map<string, GivenToken>()
  const asked: string[] = []
  const override: { answer: Override } = { answer: () => undefined }

  async function rotateKey(provider: PlaceName): Promise<void> {
    const alg = algorithmOf(provider)
    const { publicKey, privateKey } = await generateKeyPair(alg)
    const kid = randomUUID()
    keys.set(provider, {
      kid,
      privateKey,
      jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    })
  }

  async function signIdToken(
    provider: PlaceName,
    claims: JWTPayload,
    header: { kid?: string; typ?: string } = {},
  ): Promise<string> {
    const key = keys.get(provider)
    if (!key) throw new Error(`${provider} signs no tokens.`)
    const nowSeconds = Math.floor(Date.now() / 1000)
    const iss = PLACES[provider].issuer.replace('{tenantid}', String(claims.tid))
    const times = { iat: nowSeconds, exp: nowSeconds + 600 }
    return new SignJWT({ iss, ...times, ...claims })
      .setProtectedHeader({ alg: algorithmOf(provider), kid: key.kid, ...header })
      .sign(key.privateKey)
  }

  function giveAccessToken(token: GivenToken): string {
    const accessToken = `at-${randomUUID()}`
    tokens.set(accessToken, token)
    return accessToken
  }

  function authorize(url: URL, person: ProviderPerson): URLSearchParams {
    const provider = findPlace('authorization', url)
    if (provider === null) throw new Error(`No provider authorizes at ${url}.`)
    const query = url.searchParams
    const code = `code-${randomUUID()}`
    codes.set(code, {
      ...{ provider, person, clientId: query.get('client_id') ?? '' },
      redirectUri: query.get('redirect_uri') ?? '',
      scopes: (query.get('scope') ?? '').split(' '),
      nonce: provider === 'linkedin' ? null : query.get('nonce'),
      challenge: query.get('code_challenge'),
    })
    return new URLSearchParams({ code, state: query.get('state') ?? '' })
  }

  async function exchange(provider: PlaceName, request: Request): Promise<Response> {
    const form = new URLSearchParams(await request.text())
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const fault = findExchangeFault(form, code, provider)
    if (fault !== null || !code) return answerJson({ error: fault }, provider === 'github' ? 200 : 400)
    const given = { access_token: giveAccessToken(code), token_type: 'Bearer', expires_in: 3600 }
    const scope = code.scopes.join(provider === 'github' ? ',' : ' ')
    // Facebook gives ID tokens to apps alone.
    if (!keys.has(provider) || provider === 'facebook') return answerJson({ ...given, scope })
    const nonce = code.nonce === null ? {} : { nonce: code.nonce }
    const idToken = await signIdToken(provider, { aud: code.clientId, ...nonce, ...code.person })
    return answerJson({ ...given, scope, id_token: idToken })
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const place = url.origin + url.pathname
    const issuer = findPlace('metadata', url)
    if (issuer !== null) return answerJson(describeMetadata(PLACES[issuer]))
    const keeper = findPlace('keys', url)
    if (keeper !== null) return answerJson({ keys: [keys.get(keeper)?.jwk] })
    const giver = findPlace('token', url)
    if (giver !== null) return exchange(giver, request)
    const token = tokens.get(await findAccessToken(url, request))
    if (!token) return answerJson({ error: 'invalid_token' }, 401)
    if (findPlace('userinfo', url) === token.provider) return answerJson(token.person)
    if (/^\/applications\/[^/]+\/token$/.test(url.pathname)) return answerJson(describeGithubToken(token))
    const describe = RESOURCES[place]
    return describe ? answerJson(describe({ url, token })) : answerJson({ error: 'not_found' }, 404)
  }

  const signers = Object.keys(PLACES).filter((name) => PLACES[name as PlaceName].keys !== null)
  for (const name of signers) await rotateKey(name as PlaceName)
  return {
    ...{ asked, override, authorize, giveAccessToken, signIdToken, rotateKey },
    fetch: async (address, options) => {
      const url = new URL(address)
      asked.push(url.origin + url.pathname)
      const request = new Request(address, options)
      return (await override.answer(url, request.clone())) ?? answer(request)
    },
  }
}

function algorithmOf(provider: PlaceName): 'ES256' | 'RS256' {
  return provider === 'facebook' ? 'RS256' : 'ES256'
}

function findPlace(kind: keyof Place, url: URL): PlaceName | null {
  const address = url.origin + url.pathname
  const found = Object.entries<Place>(PLACES).find(([, place]) => place[kind] === address)
  return (found?.[0] as PlaceName | undefined) ?? null
}

/** A code belongs to its provider, client, address and verifier. */
function findExchangeFault(
  form: URLSearchParams,
  code: GivenCode | undefined,
  provider: PlaceName,
): string | null {
  if (provider === 'linkedin' && form.has('code_verifier')) return 'invalid_client'
  const isKnown = form.get('client_secret') === STAND_IN_SECRET || provider === 'apple'
  if (!isKnown) return provider === 'github' ? 'incorrect_client_credentials' : 'invalid_client'
  const isRight =
    code?.provider === provider &&
    code.clientId === form.get('client_id') &&
    code.redirectUri === form.get('redirect_uri') &&
    (code.challenge === null || code.challenge === challengeOf(form.get('code_verifier') ?? ''))
  if (isRight) return null
  return provider === 'github' ? 'bad_verification_code' : 'invalid_grant'
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

/** The access token of a question: in its header, its body or its query. */
async function findAccessToken(url: URL, request: Request): Promise<string> {
  const inQuery = url.searchParams.get('input_token')
  if (inQuery !== null) return inQuery
  if (request.method === 'POST') {
    const body = await request.text()
    return body.startsWith('{')
      ? (JSON.parse(body) as { access_token: string }).access_token
      : (new URLSearchParams(body).get('access_token') ?? '')
  }
  return (request.headers.get('authorization') ?? '').replace('Bearer ', '')
}

/** Answers in JSON, as providers do. */
export function answerJson(body: unknown, status = 200): Response {
  return Response.json(body, { status })
}
