import type { JWTPayload } from 'jose'
import type { Clock } from '../../database/clock.ts'
import type { FindMetadata, Metadata } from './metadata.ts'
import type { Fetch } from './provider-fetch.ts'
import type { ProviderOptions } from './provider-settings.ts'

/** Claims of an ID token, of a userinfo answer, or what a provider of plain OAuth 2 says in its own words. */
export type Claims = Record<string, unknown>

/** What a provider said about a person, before its address is judged. */
export interface ProviderFacts {
  subject: string
  formerSubject: string | null
  /** As it came. */
  email: unknown
  /** Whether the provider says that this address was proven; asked with its normal form. */
  vouches(email: string): boolean
  firstName: string
  lastName: string
}

/** A question about an access token. */
export interface AccessTokenCall {
  accessToken: string
  fetch: Fetch
  options: ProviderOptions
  metadata: Metadata
}

/** Whose access token it is. */
export interface TokenOwner {
  /** The clients that the token names; all must be ours. */
  clientIds: readonly string[]
  subject: string
  scopes: readonly string[]
}

/** How one provider does things. */
export interface Way {
  /** What people read; null: the id of the settings. */
  name: string | null
  scopes: string
  findMetadata(options: ProviderOptions, parts: { fetch: Fetch; clock: Clock }): FindMetadata
  /** False for plain OAuth 2: a code gives an access token and no ID token. */
  hasIdToken: boolean
  /** False: the provider drops the `nonce` of a redirect. */
  keepsNonce: boolean
  /** False: the provider refuses a `code_verifier`. */
  takesVerifier: boolean
  /** Apple posts its answer. */
  responseMode?: 'form_post'
  /** How it is told what the app wants of the person; null: it knows no such word. Default: `prompt`, as it came. */
  writePrompt?(prompt: string): Record<string, string> | null
  /** Facebook: apps get an ID token from its SDK, and codes give none. */
  takesIdTokens?: boolean
  /** The domains for whose addresses it vouches, unless a setting says it. */
  domains: readonly string[]
  /** The issuers that are right for these claims. Default: the one of the metadata. */
  issuersFor?(metadata: Metadata): (claims: JWTPayload) => readonly string[]
  /** Apple: a token may say that its device knows no nonce. */
  mayLackNonce?: boolean
  /** Whether claims that an ID token lacks are asked for. */
  asksUserinfo: boolean
  /** GitLab: whether the worth of an address depends on the scopes, which no ID token has. */
  needsScopes?: boolean
  /** @param scopes - what the person granted; null when nobody says it */
  readClaims(
    claims: Claims,
    context: { options: ProviderOptions; scopes: readonly string[] | null },
  ): ProviderFacts
  /** Plain OAuth 2: asks whose access token it is and says it in claims. */
  askForClaims?(call: AccessTokenCall): Promise<Claims>
  /**
   * Asks for which client an access token was made. Without it bare access tokens are refused: a token for any other
   * app would do.
   *
   * @returns null when the provider knows no such token
   */
  findTokenOwner?(call: AccessTokenCall): Promise<TokenOwner | null>
}
