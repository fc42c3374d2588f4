import type { Metadata } from '../metadata.ts'
import type { Way } from '../way.ts'

/** What the providers of plain OAuth 2 have in common: no discovery, no ID token, no nonce. */
export function describePlain(
  way: { metadata: Metadata } & Pick<
    Way,
    'name' | 'scopes' | 'readClaims' | 'askForClaims' | 'findTokenOwner' | 'writePrompt' | 'takesIdTokens'
  >,
): Way {
  const { metadata, ...own } = way
  return {
    findMetadata: () => async () => metadata,
    hasIdToken: false,
    keepsNonce: false,
    takesVerifier: true,
    asksUserinfo: false,
    domains: ['*'],
    ...own,
  }
}
