import { CredentialFault } from './provider-faults.ts'
import { askForObject } from './provider-fetch.ts'
import { bearer } from './read-values.ts'
import type { AccessTokenCall, Claims } from './way.ts'

/**
 * Asks the userinfo endpoint of a provider.
 *
 * @param subject - who it must be about. Else a token of somebody else would lend its address
 * @returns null when the token does not allow the question, or when there is no such endpoint
 * @throws {CredentialFault} for another subject
 */
export async function askUserinfo(
  { accessToken, fetch, metadata }: AccessTokenCall,
  subject: string,
): Promise<Claims | null> {
  const { userinfo_endpoint: endpoint } = metadata
  if (endpoint === undefined) return null
  const claims = await askForObject(fetch, endpoint, { headers: bearer(accessToken) })
  if (claims !== null && claims.sub !== subject) throw new CredentialFault('another subject')
  return claims
}

/**
 * Adds what an ID token lacks. An address and the word about it always come from the same place.
 */
export async function completeClaims(claims: Claims, call: AccessTokenCall): Promise<Claims> {
  if (claims.email !== undefined) return claims
  const further = await askUserinfo(call, String(claims.sub))
  const { email_verified: _, ...own } = claims
  return { ...further, ...own }
}
