import { domainOf } from '../address-worth.ts'
import { askForObject } from '../provider-fetch.ts'
import { isTrue, readScopes, readSubject, requireAnswer } from '../read-values.ts'
import { askUserinfo } from '../userinfo.ts'
import type { AccessTokenCall, Claims, TokenOwner, Way } from '../way.ts'
import { describePreset, readOpenIdClaims } from './open-id.ts'

const TOKEN_INFO = 'https://oauth2.googleapis.com/tokeninfo'
const GOOGLE_MAIL = ['gmail.com', 'googlemail.com']

/** Google vouches for the addresses that it runs itself: its own domains and those of Workspace. */
export const GOOGLE: Way = describePreset({
  name: 'Google',
  issuer: 'https://accounts.google.com',
  issuersFor:
    ({ issuer }) =>
    () => [issuer, issuer.replace('https://', '')],
  readClaims: (claims) => readOpenIdClaims(claims, (email) => isRunByGoogle(claims, email)),
  askForClaims: async (call) => {
    const owner = requireAnswer(await findGoogleOwner(call))
    return requireAnswer(await askUserinfo(call, owner.subject))
  },
  findTokenOwner: findGoogleOwner,
})

/** Any other address was proven once, perhaps years ago: who holds it now is not known. */
function isRunByGoogle({ email_verified: isProven, hd }: Claims, email: string): boolean {
  const isOfWorkspace = typeof hd === 'string' && hd !== ''
  return isTrue(isProven) && (isOfWorkspace || GOOGLE_MAIL.includes(domainOf(email)))
}

async function findGoogleOwner({ accessToken, fetch }: AccessTokenCall): Promise<TokenOwner | null> {
  const body = new URLSearchParams({ access_token: accessToken })
  const info = await askForObject(fetch, TOKEN_INFO, { method: 'POST', body })
  if (info === null) return null
  const clientIds = [info.aud, info.azp ?? info.aud].map(String)
  return { clientIds, subject: readSubject(info.sub), scopes: readScopes(info.scope) }
}
