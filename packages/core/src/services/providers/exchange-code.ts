import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type ClientAuth,
  customFetch,
  nopkce,
  skipStateCheck,
  validateAuthResponse,
} from 'oauth4webapi'
import type { Metadata } from './metadata.ts'
import { CredentialFault, ProviderDown } from './provider-faults.ts'
import type { Fetch } from './provider-fetch.ts'
import { readScopes } from './read-values.ts'

/** The tokens that a code was exchanged for. They live as long as the call. */
export interface ExchangedTokens {
  accessToken: string | null
  idToken: string | null
  /** What the person granted; null when the provider does not say it: then it is what was asked for. */
  scopes: string[] | null
}

/** What a provider answers when it does not know our client or its secret. The caller can do nothing about it. */
const OUR_MISTAKES = [
  'invalid_client',
  'unauthorized_client',
  'incorrect_client_credentials',
  'redirect_uri_mismatch',
]

/** Everything that an exchange needs. */
export interface CodeExchange {
  metadata: Metadata
  clientId: string
  clientAuth: ClientAuth
  fetch: Fetch
  /** The parameters of the callback. */
  parameters: URLSearchParams
  /** Null: a client received the callback and judged it. */
  state: string | null
  /** Null: this provider takes none. */
  codeVerifier: string | null
  redirectUri: string
}

/**
 * Judges a callback and exchanges its code.
 *
 * The state, the issuer of RFC 9207, doubled parameters and an error beside the code are judged by `oauth4webapi`.
 *
 * @throws {CredentialFault} also when the provider refuses the code
 * @throws {ProviderDown} also when the provider refuses our client
 */
export async function exchangeCode(exchange: CodeExchange): Promise<ExchangedTokens> {
  const { metadata, clientAuth, codeVerifier, redirectUri, fetch } = exchange
  const client = { client_id: exchange.clientId }
  const response = await authorizationCodeGrantRequest(
    metadata,
    client,
    clientAuth,
    judgeCallback(exchange),
    redirectUri,
    codeVerifier ?? nopkce,
    // The fetch allows http for this machine only.
    { [customFetch]: fetch as never, [allowInsecureRequests]: true },
  ).catch(toFault)
  const tokens = await readBody(response)
  if (response.status !== 200 || tokens.error !== undefined) refuseAnswer(tokens.error)
  return {
    accessToken: typeof tokens.access_token === 'string' ? tokens.access_token : null,
    idToken: typeof tokens.id_token === 'string' ? tokens.id_token : null,
    scopes: tokens.scope === undefined ? null : readScopes(tokens.scope),
  }
}

function judgeCallback({ metadata, clientId, parameters, state }: CodeExchange): URLSearchParams {
  try {
    if (state !== null) return validateAuthResponse(metadata, { client_id: clientId }, parameters, state)
    // The client sends the code alone.
    const quiet = { ...metadata, authorization_response_iss_parameter_supported: false }
    return validateAuthResponse(quiet, { client_id: clientId }, parameters, skipStateCheck)
  } catch (error) {
    throw new CredentialFault('callback', { cause: error })
  }
}

/** The library throws for a callback without a code, and for metadata without an endpoint. */
function toFault(error: unknown): never {
  if (error instanceof ProviderDown) throw error
  throw new CredentialFault('exchange', { cause: error })
}

async function readBody(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => null)
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as never
  if (response.status >= 400) return {}
  throw new ProviderDown('an answer that is no object')
}

function refuseAnswer(error: unknown): never {
  const mistake = OUR_MISTAKES.find((one) => one === error)
  if (mistake) throw new ProviderDown(`the provider refuses this client: ${mistake}`)
  throw new CredentialFault('code')
}
