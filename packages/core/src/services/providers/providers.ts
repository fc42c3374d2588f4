import { DomainError } from '../../words/errors.ts'
import type { ProviderIdentity } from '../../words/provider-identity.ts'

/** A provider as a client sees it. */
export interface ListedProvider {
  id: string
  name: string
  /** The first client id: that of the web. */
  clientId: string
}

/** What a client got from a provider by itself. */
export interface PresentedTokens {
  idToken?: string
  accessToken?: string
  /** The client id that the tokens were made for; without it any of ours. */
  clientId?: string
  /** The nonce that the client sent. The ID token must name it. */
  nonce?: string
  /** Apple tells the names to the client only, and only once. */
  firstName?: string
  lastName?: string
}

/** An authorization code that a client got by itself. */
export interface PresentedCode {
  code: string
  /** The address that the code was sent to: exactly one of `PROVIDER_CALLBACK_URLS`. */
  callbackUrl: string
  codeVerifier: string
  /** The client id that asked for the code; without it the first of ours. */
  clientId?: string
  nonce?: string
}

/** What leads a browser to a provider. */
export interface RedirectStart {
  state: string
  nonce: string
  /** Our own verifier towards the provider. It is not that of the app. */
  codeVerifier: string
  redirectUri: string
  prompt?: string
  loginHint?: string
}

/** What a browser brings back from a provider, beside what was sent. */
export interface RedirectFinish
  extends Pick<RedirectStart, 'state' | 'nonce' | 'codeVerifier' | 'redirectUri'> {
  /** The parameters of the callback as they came. Doubled ones are refused. */
  parameters: URLSearchParams
  firstName?: string
  lastName?: string
}

/**
 * The providers of the settings. Every call but {@link Providers.list} throws:
 *
 * @throws {DomainError} `provider_not_configured` - no setting names the provider
 * @throws {DomainError} `flow_not_supported` - the provider cannot do this
 * @throws {DomainError} `token_required` - neither token, or not the one that this provider needs
 * @throws {DomainError} `callback_url_not_allowed`
 * @throws {DomainError} `client_id_mismatch` - not one of ours, or the credential is for another one
 * @throws {DomainError} `invalid_social_token` - whatever else is wrong with the credential
 * @throws {DomainError} `provider_unavailable` - late, broken or no answers of the provider
 */
export interface Providers {
  /** In the order of `PROVIDERS`. */
  list(): ListedProvider[]
  verifyTokens(provider: string, tokens: PresentedTokens): Promise<ProviderIdentity>
  exchangeCode(provider: string, presented: PresentedCode): Promise<ProviderIdentity>
  /** Describes the address of the provider that a browser is led to. */
  describeStart(provider: string, start: RedirectStart): Promise<URL>
  /** Verifies the callback and exchanges its code. */
  finishRedirect(provider: string, finish: RedirectFinish): Promise<ProviderIdentity>
}

/** A server without providers. */
export const NO_PROVIDERS: Providers = {
  list: () => [],
  verifyTokens: refuse,
  exchangeCode: refuse,
  describeStart: refuse,
  finishRedirect: refuse,
}

async function refuse(): Promise<never> {
  throw new DomainError('provider_not_configured')
}
