import type { LatchkeyClient } from '../client.ts'
import * as routes from '../generated/routes.ts'
import { createPageOperations, type SocialWindow } from './page.ts'
import { createRedirects, type SocialCrypto, WEB_CRYPTO } from './redirects.ts'
import { createSocialCalls, readList } from './social-calls.ts'
import type { SocialAccount, SocialOperations, SocialProvider } from './social-operations.ts'

/** Options of {@link createSocialOperations}. */
export interface SocialOptions {
  /** The address of the server in browsers, where this program reaches it by another one; `baseUrl` unless given. */
  publicUrl?: string
  /** Takes the place of WebCrypto, which React Native lacks. */
  crypto?: SocialCrypto
  /** Takes the place of the page, for `signIn`, `connect`, `reauthenticate` and `complete`. */
  window?: SocialWindow
}

/**
 * Creates the operations of a client on accounts at other providers. They keep the session and fail as the operations of
 * the client do.
 *
 * Create them once, beside the client.
 */
export function createSocialOperations(
  client: LatchkeyClient,
  {
    publicUrl = client.baseUrl,
    crypto = WEB_CRYPTO,
    window = globalThis as unknown as SocialWindow,
  }: SocialOptions = {},
): SocialOperations {
  const calls = createSocialCalls(client)
  const { send, sendAsUser, signIn } = calls
  const redirects = createRedirects(publicUrl.replace(/\/+$/, ''), calls, crypto)
  return {
    ...redirects,
    ...createPageOperations(client, { redirects, crypto, window }),
    providers: () => send<SocialProvider[]>({ route: routes.listProviders, peek: readList }),
    signInWithToken: (fields) => signIn({ route: routes.signInWithProviderToken, fields }),
    signInWithCode: (fields) => signIn({ route: routes.signInWithProviderCode, fields }),
    connectWithToken: (fields) => sendAsUser({ route: routes.connectProviderToken, fields }),
    connectWithCode: (fields) => sendAsUser({ route: routes.connectProviderCode, fields }),
    accounts: () => sendAsUser<SocialAccount[]>({ route: routes.listConnections, peek: readList }),
    disconnect: (fields) => sendAsUser({ route: routes.disconnectProvider, fields, isEmpty: true }),
  }
}
