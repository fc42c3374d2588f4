import { domainOf } from '../address-worth.ts'
import { askForJson, askForObject } from '../provider-fetch.ts'
import { readNames } from '../read-names.ts'
import { bearer, readNumericSubject, readPart, readScopes, requireAnswer } from '../read-values.ts'
import type { AccessTokenCall, Claims, TokenOwner, Way } from '../way.ts'
import { describePlain } from './plain-oauth.ts'

const API = 'https://api.github.com'
const NO_REPLY = 'noreply.github.com'

/** GitHub vouches for the primary address of a person. */
export const GITHUB: Way = describePlain({
  name: 'GitHub',
  scopes: 'read:user user:email',
  metadata: {
    issuer: 'https://github.com/login/oauth',
    authorization_endpoint: 'https://github.com/login/oauth/authorize',
    token_endpoint: 'https://github.com/login/oauth/access_token',
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  },
  writePrompt: (prompt) => (prompt === 'select_account' ? { prompt } : null),
  readClaims: (claims) => ({
    subject: readNumericSubject(claims.id),
    formerSubject: null,
    email: claims.email,
    vouches: (email) => claims.email_verified === true && !isNoReply(domainOf(email)),
    ...readNames(claims),
  }),
  askForClaims: async ({ accessToken, fetch }) => {
    const headers = bearer(accessToken)
    const user = requireAnswer(await askForObject(fetch, `${API}/user`, { headers }))
    const { id, name } = user
    return { id, name, ...findPrimary(await askForJson(fetch, `${API}/user/emails`, { headers })) }
  },
  findTokenOwner: findGithubOwner,
})

/** Mail to it reaches nobody, and GitHub gives such an address to another person when a name is free again. */
function isNoReply(domain: string): boolean {
  return domain === NO_REPLY || domain.endsWith(`.${NO_REPLY}`)
}

/** The address of the profile is a text that the person typed, so only the list counts. */
function findPrimary(list: unknown): Claims {
  const addresses = Array.isArray(list) ? list.map(readPart) : []
  const primary = addresses.find((address) => address.primary === true)
  return { email: primary?.email, email_verified: primary?.verified === true }
}

async function findGithubOwner({ accessToken, fetch, options }: AccessTokenCall): Promise<TokenOwner | null> {
  const [clientId] = options.clientIds
  const credentials = Buffer.from(`${clientId}:${options.clientSecret}`).toString('base64')
  const info = await askForObject(fetch, `${API}/applications/${encodeURIComponent(clientId)}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify({ access_token: accessToken }),
  })
  if (info === null) return null
  return {
    clientIds: [String(readPart(info.app).client_id)],
    subject: readNumericSubject(readPart(info.user).id),
    scopes: readScopes(info.scopes),
  }
}
