import type { SignInResult } from '../operations/sign-in-results.ts'

/** A provider that people may sign in with. */
export interface SocialProvider {
  id: string
  name: string
  client_id: string
}

/** An account at a provider that signs its user in. */
export interface SocialAccount {
  id: string
  provider: string
  uid: string
  last_login: string
  date_joined: string
}

/** What is done with the code when the browser is back. */
export type SocialPurpose = 'sign_in' | 'connect' | 'reauthenticate'

/** How a redirect to a provider begins. */
export interface SocialStart {
  /** Where the browser comes back to: an address of this app below one of `PROVIDER_RETURN_URLS`. */
  returnTo: string
  /** Passed on to the provider. To confirm that it is you it is `login`. */
  prompt?: string
  /** Passed on to the provider: whom to sign in there. */
  loginHint?: string
}

/** How a redirect to a provider ended. `error` is a code of the server, or what the provider said: `access_denied`. */
export type SocialResult =
  | { purpose: 'sign_in'; result: SignInResult }
  | { purpose: 'connect'; account: SocialAccount }
  | { purpose: 'reauthenticate' }
  | { purpose: SocialPurpose; error: string }

/** The operations on accounts at other providers. */
export interface SocialOperations {
  /** Lists the providers of the server, in the order of its settings. */
  providers(): Promise<SocialProvider[]>
  /** Leaves the page for a provider, to sign in there. */
  signIn(provider: string, start: SocialStart): Promise<void>
  /** Leaves the page for a provider, to connect an account to the signed-in user. */
  connect(provider: string, start: SocialStart): Promise<void>
  /** Leaves the page for a provider, to confirm by a connected account that it is you. */
  reauthenticate(provider: string, start: SocialStart): Promise<void>
  /**
   * Ends what began before the page was left. It takes the outcome out of the address of the page.
   *
   * @returns null when this tab waits for nothing, such as after the back button
   * @throws {LatchkeyError} as a sign-in; `token_not_valid` when the code is too old
   */
  complete(): Promise<SocialResult | null>
  /** Lists the accounts that sign the user in, the oldest first. */
  accounts(): Promise<SocialAccount[]>
  /** Disconnects one of them. */
  disconnect(fields: { id: string }): Promise<void>
}
