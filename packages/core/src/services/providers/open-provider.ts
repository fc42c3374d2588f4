import { calculatePKCECodeChallenge } from 'oauth4webapi'
import type { Clock } from '../../database/clock.ts'
import { DomainError } from '../../words/errors.ts'
import type { ProviderIdentity } from '../../words/provider-identity.ts'
import { authenticateClient } from './client-authentication.ts'
import { type ExchangedTokens, exchangeCode } from './exchange-code.ts'
import type { FindMetadata } from './metadata.ts'
import { CredentialFault, ProviderDown } from './provider-faults.ts'
import type { Fetch } from './provider-fetch.ts'
import type { ProviderOptions } from './provider-settings.ts'
import type {
  ListedProvider,
  PresentedCode,
  PresentedTokens,
  RedirectFinish,
  RedirectStart,
} from './providers.ts'
import { readScopes } from './read-values.ts'
import { toIdentity } from './to-identity.ts'
import { completeClaims } from './userinfo.ts'
import type { VerifyIdToken } from './verify-id-token.ts'
import type { AccessTokenCall, Claims, Way } from './way.ts'
import { findWay } from './ways/find-way.ts'

/** What the providers of one server share. */
interface Parts {
  fetch: Fetch
  verifyIdToken: VerifyIdToken
  clock: Clock
}

/** One provider, with its metadata. */
export interface OpenProvider {
  listed: ListedProvider
  verifyTokens(tokens: PresentedTokens): Promise<ProviderIdentity>
  exchangeCode(presented: PresentedCode): Promise<ProviderIdentity>
  describeStart(start: RedirectStart): Promise<URL>
  finishRedirect(finish: RedirectFinish): Promise<ProviderIdentity>
}

/** Opens a provider. Its metadata is asked for at its first use. */
export function openProvider(options: ProviderOptions, parts: Parts): OpenProvider {
  const way = findWay(options.id)
  const desk: Desk = { options, way, ...parts, findMetadata: way.findMetadata(options, parts) }
  return {
    listed: { id: options.id, name: options.name ?? way.name ?? options.id, clientId: options.clientIds[0] },
    verifyTokens: (tokens) => verifyTokens(desk, tokens),
    exchangeCode: (presented) => exchangePresented(desk, presented),
    describeStart: (start) => describeStart(desk, start),
    finishRedirect: (finish) => finishRedirect(desk, finish),
  }
}

interface Desk extends Parts {
  options: ProviderOptions
  way: Way
  findMetadata: FindMetadata
}

async function verifyTokens(desk: Desk, tokens: PresentedTokens): Promise<ProviderIdentity> {
  const { way, options } = desk
  const { clientId, idToken, accessToken } = tokens
  const audiences = clientId === undefined ? options.clientIds : [requireOurs(options, clientId)]
  if (idToken !== undefined && (way.hasIdToken || way.takesIdTokens)) {
    const given = { idToken, accessToken: accessToken ?? null, scopes: null }
    return readIdToken(desk, { given, audiences, nonce: tokens.nonce, names: tokens })
  }
  if (accessToken === undefined) throw new DomainError('token_required')
  return readAccessToken(desk, { accessToken, audiences, names: tokens })
}

async function exchangePresented(desk: Desk, presented: PresentedCode): Promise<ProviderIdentity> {
  const { options } = desk
  const { code, callbackUrl, codeVerifier, nonce, clientId = options.clientIds[0] } = presented
  requireOurs(options, clientId)
  return exchange(desk, {
    ...{ clientId, nonce, codeVerifier, redirectUri: callbackUrl, state: null, names: {} },
    parameters: new URLSearchParams({ code }),
    askedScopes: null,
  })
}

async function finishRedirect(desk: Desk, finish: RedirectFinish): Promise<ProviderIdentity> {
  const { options, way } = desk
  const parameters = new URLSearchParams(finish.parameters)
  // The issuers of plain OAuth 2 are names of ours. Each provider has a callback of its own.
  if (!way.hasIdToken) parameters.delete('iss')
  return exchange(desk, {
    clientId: options.clientIds[0],
    nonce: way.keepsNonce ? finish.nonce : undefined,
    codeVerifier: finish.codeVerifier,
    redirectUri: finish.redirectUri,
    state: finish.state,
    parameters,
    askedScopes: readScopes(scopesOf(desk)),
    names: finish,
  })
}

async function describeStart(desk: Desk, start: RedirectStart): Promise<URL> {
  const { options, way } = desk
  const { authorization_endpoint: endpoint } = await desk.findMetadata()
  if (endpoint === undefined) throw new ProviderDown('metadata without an authorization endpoint')
  const url = new URL(endpoint)
  const parameters: Record<string, string | undefined> = {
    client_id: options.clientIds[0],
    response_type: 'code',
    redirect_uri: start.redirectUri,
    scope: scopesOf(desk),
    state: start.state,
    nonce: way.keepsNonce ? start.nonce : undefined,
    code_challenge: way.takesVerifier ? await calculatePKCECodeChallenge(start.codeVerifier) : undefined,
    code_challenge_method: way.takesVerifier ? 'S256' : undefined,
    response_mode: way.responseMode,
    ...writePrompt(way, start.prompt),
    login_hint: start.loginHint,
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url
}

/** What a provider does not know it may refuse, so it is left out. */
function writePrompt({ writePrompt: write = (prompt) => ({ prompt }) }: Way, prompt: string | undefined) {
  return prompt === undefined ? {} : (write(prompt) ?? {})
}

interface Exchange {
  clientId: string
  nonce: string | undefined
  codeVerifier: string
  redirectUri: string
  parameters: URLSearchParams
  state: string | null
  /** What the redirect asked for, which an answer without `scope` means; null: a client asked for it. */
  askedScopes: string[] | null
  names: Names
}

type Names = Pick<PresentedTokens, 'firstName' | 'lastName'>

async function exchange(desk: Desk, code: Exchange): Promise<ProviderIdentity> {
  const { options, way, fetch, clock } = desk
  const metadata = await desk.findMetadata()
  const { clientId, askedScopes, names, nonce } = code
  const codeVerifier = way.takesVerifier ? code.codeVerifier : null
  const clientAuth = await authenticateClient(options, {
    clientId,
    metadata,
    nowSeconds: clock.epochSeconds(),
  })
  const found = await exchangeCode({ ...code, metadata, clientAuth, fetch, codeVerifier })
  const scopes = found.scopes ?? askedScopes
  if (way.hasIdToken) {
    return readIdToken(desk, { given: { ...found, scopes }, audiences: [clientId], nonce, names })
  }
  if (found.accessToken === null || !way.askForClaims) throw new ProviderDown('no access token for a code')
  const claims = await way.askForClaims({ accessToken: found.accessToken, fetch, options, metadata })
  return judge(desk, { claims, scopes, names })
}

interface GivenIdToken {
  given: ExchangedTokens
  audiences: readonly string[]
  nonce: string | undefined
  names: Names
}

async function readIdToken(desk: Desk, { given, audiences, nonce, names }: GivenIdToken) {
  const { options, way, fetch } = desk
  if (given.idToken === null) throw new ProviderDown('no ID token for a code')
  const metadata = await desk.findMetadata()
  const verified = await desk.verifyIdToken(given.idToken, {
    ...{ metadata, audiences, clientIds: options.clientIds, nonce },
    nowSeconds: desk.clock.epochSeconds(),
    ...(way.issuersFor && { issuersFor: way.issuersFor(metadata) }),
    mayLackNonce: way.mayLackNonce ?? false,
  })
  const { accessToken } = given
  const call = accessToken === null ? null : { accessToken, fetch, options, metadata }
  const claims = call !== null && way.asksUserinfo ? await completeClaims(verified, call) : verified
  const scopes = given.scopes ?? (call && (await findScopes(desk, call, String(verified.sub))))
  return judge(desk, { claims, scopes, names })
}

/** The scopes of an access token that came beside an ID token. It must belong to the same person and to us. */
async function findScopes(
  { way, options }: Desk,
  call: AccessTokenCall,
  subject: string,
): Promise<readonly string[] | null> {
  if (!way.needsScopes) return null
  const owner = await way.findTokenOwner?.(call)
  if (!owner) return null
  const isOurs = owner.clientIds.every((id) => options.clientIds.includes(id))
  if (!isOurs || owner.subject !== subject) throw new CredentialFault('another access token')
  return owner.scopes
}

interface GivenAccessToken {
  accessToken: string
  audiences: readonly string[]
  names: Names
}

/** An access token alone says nothing about the app that it was made for. So the provider is asked for that first. */
async function readAccessToken(desk: Desk, { accessToken, audiences, names }: GivenAccessToken) {
  const { options, way, fetch } = desk
  if (!way.findTokenOwner || !way.askForClaims) throw new DomainError('flow_not_supported')
  const call = { accessToken, fetch, options, metadata: await desk.findMetadata() }
  const owner = await way.findTokenOwner(call)
  if (owner === null) throw new CredentialFault('access token')
  const [audience, ...others] = owner.clientIds
  const isForUs = audiences.some((ours) => ours === audience)
  if (!isForUs || !others.every((id) => options.clientIds.includes(id)))
    throw new DomainError('client_id_mismatch')
  const identity = judge(desk, { claims: await way.askForClaims(call), scopes: owner.scopes, names })
  if (identity.subject !== owner.subject) throw new CredentialFault('another subject')
  return identity
}

function judge(
  { options, way }: Desk,
  { claims, scopes, names }: { claims: Claims; scopes: readonly string[] | null; names: Names },
): ProviderIdentity {
  return toIdentity(way.readClaims(claims, { options, scopes }), { options, domains: way.domains, names })
}

function scopesOf({ options, way }: Desk): string {
  return options.scopes ?? way.scopes
}

function requireOurs(options: ProviderOptions, clientId: string): string {
  if (!options.clientIds.includes(clientId)) throw new DomainError('client_id_mismatch')
  return clientId
}
