import { createHmac } from 'node:crypto'
import { askForObject } from '../provider-fetch.ts'
import { readNames } from '../read-names.ts'
import { bearer, readNumericSubject, readPart, readScopes, requireAnswer } from '../read-values.ts'
import type { AccessTokenCall, TokenOwner, Way } from '../way.ts'
import { describePlain } from './plain-oauth.ts'

const GRAPH = 'https://graph.facebook.com/v25.0'

/** Facebook has no word about whether an address was proven, so it vouches for none. */
export const FACEBOOK: Way = describePlain({
  name: 'Facebook',
  scopes: 'public_profile email',
  metadata: {
    issuer: 'https://www.facebook.com',
    authorization_endpoint: 'https://www.facebook.com/v25.0/dialog/oauth',
    token_endpoint: `${GRAPH}/oauth/access_token`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    // Of the ID tokens that apps get (Limited Login).
    jwks_uri: 'https://limited.facebook.com/.well-known/oauth/openid/jwks/',
    id_token_signing_alg_values_supported: ['RS256'],
  },
  takesIdTokens: true,
  writePrompt: (prompt) => (prompt === 'login' ? { auth_type: 'reauthenticate' } : null),
  // An ID token has the names of OpenID Connect, and the same subject as `id`.
  readClaims: (claims) => ({
    subject: readNumericSubject(claims.id ?? claims.sub),
    formerSubject: null,
    email: claims.email,
    vouches: () => false,
    ...readNames({
      given_name: claims.first_name ?? claims.given_name,
      family_name: claims.last_name ?? claims.family_name,
    }),
  }),
  askForClaims: async ({ accessToken, fetch, options }) => {
    const url = new URL(`${GRAPH}/me`)
    url.searchParams.set('fields', 'id,first_name,last_name,email')
    url.searchParams.set('appsecret_proof', proveSecret(accessToken, options.clientSecret))
    return requireAnswer(await askForObject(fetch, url.href, { headers: bearer(accessToken) }))
  },
  findTokenOwner: findFacebookOwner,
})

/** An app may ask for this proof, so that a stolen access token is worth nothing without its secret. */
function proveSecret(accessToken: string, clientSecret: string | null): string {
  return createHmac('sha256', String(clientSecret)).update(accessToken).digest('hex')
}

async function findFacebookOwner({
  accessToken,
  fetch,
  options,
}: AccessTokenCall): Promise<TokenOwner | null> {
  const url = new URL(`${GRAPH}/debug_token`)
  url.searchParams.set('input_token', accessToken)
  const headers = bearer(`${options.clientIds[0]}|${options.clientSecret}`)
  const answer = await askForObject(fetch, url.href, { headers })
  if (answer === null) return null
  const info = readPart(answer.data)
  if (info.is_valid !== true || info.type !== 'USER') return null
  return {
    clientIds: [String(info.app_id)],
    subject: readNumericSubject(info.user_id),
    scopes: readScopes(info.scopes),
  }
}
