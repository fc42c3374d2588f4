import { askForObject } from '../provider-fetch.ts'
import { readNames } from '../read-names.ts'
import { bearer, readNumericSubject, readPart, readScopes, requireAnswer } from '../read-values.ts'
import type { AccessTokenCall, TokenOwner, Way } from '../way.ts'
import { describePlain } from './plain-oauth.ts'

const API = 'https://discord.com/api/v10'

/** Discord tells an address with the scope `email` only, and says whether it was verified. */
export const DISCORD: Way = describePlain({
  name: 'Discord',
  scopes: 'identify email',
  metadata: {
    issuer: 'https://discord.com',
    authorization_endpoint: 'https://discord.com/oauth2/authorize',
    token_endpoint: `${API}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  },
  writePrompt: (prompt) => (prompt === 'consent' || prompt === 'none' ? { prompt } : null),
  readClaims: (claims, { scopes }) => ({
    subject: readNumericSubject(claims.id),
    formerSubject: null,
    email: claims.email,
    vouches: () => claims.verified === true && scopes?.includes('email') === true,
    ...readNames({ name: claims.global_name }),
  }),
  askForClaims: async ({ accessToken, fetch }) =>
    requireAnswer(await askForObject(fetch, `${API}/users/@me`, { headers: bearer(accessToken) })),
  findTokenOwner: findDiscordOwner,
})

async function findDiscordOwner({ accessToken, fetch }: AccessTokenCall): Promise<TokenOwner | null> {
  const info = await askForObject(fetch, `${API}/oauth2/@me`, { headers: bearer(accessToken) })
  // A token without the scope `identify` names nobody.
  if (info === null || info.user === undefined) return null
  return {
    clientIds: [String(readPart(info.application).id)],
    subject: readNumericSubject(readPart(info.user).id),
    scopes: readScopes(info.scopes),
  }
}
