import { askForObject } from '../provider-fetch.ts'
import { bearer, isTrue, readNumericSubject, readPart, readScopes, requireAnswer } from '../read-values.ts'
import { askUserinfo } from '../userinfo.ts'
import type { AccessTokenCall, TokenOwner, Way } from '../way.ts'
import { describePreset, readOpenIdClaims } from './open-id.ts'

const TOKEN_INFO = 'https://gitlab.com/oauth/token/info'

/** GitLab.com. Without the scope `email` the address is the one that the person shows to everybody. */
export const GITLAB: Way = describePreset({
  name: 'GitLab',
  issuer: 'https://gitlab.com',
  needsScopes: true,
  readClaims: (claims, { scopes }) => ({
    ...readOpenIdClaims(claims, () => isTrue(claims.email_verified) && scopes?.includes('email') === true),
    subject: readNumericSubject(claims.sub),
  }),
  askForClaims: async (call) => {
    const owner = requireAnswer(await findGitlabOwner(call))
    // A token without the scope `openid` gets no userinfo, and still says whose it is.
    return (await askUserinfo(call, owner.subject)) ?? { sub: owner.subject }
  },
  findTokenOwner: findGitlabOwner,
})

async function findGitlabOwner({ accessToken, fetch }: AccessTokenCall): Promise<TokenOwner | null> {
  const info = await askForObject(fetch, TOKEN_INFO, { headers: bearer(accessToken) })
  if (info === null) return null
  return {
    clientIds: [String(readPart(info.application).uid)],
    subject: readNumericSubject(info.resource_owner_id),
    scopes: readScopes(info.scope),
  }
}
