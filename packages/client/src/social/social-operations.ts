import type {
  ConnectProviderCodeInput,
  ConnectProviderTokenInput,
  SignInWithProviderCodeInput,
  SignInWithProviderTokenInput,
} from '../generated/bodies.ts'
import type { SignInResult } from '../operations/sign-in-results.ts'
import type { ReturnError } from './return-errors.ts'

/** A provider that people may sign in with. */
export interface SocialProvider {
  id: string
  /** Its name for people: `Google`. */
  name: string
  client_id: string
}

/** An account at a provider that signs its user in. */
export interface SocialAccount {
  id: string
  /** The id of the provider. */
  provider: string
  /** How the provider names the account. */
  uid: string
  /** The last sign-in by it, or when it was connected. */
  last_login: string
  date_joined: string
}

/** What is done with the code when the browser is back. */
export type SocialPurpose = 'sign_in' | 'connect' | 'reauthenticate'

/** How a redirect to a provider begins. */
export interface SocialStart {
  /**
   * Where the browser comes back to: an address below one of the server's `PROVIDER_RETURN_URLS`, or relative to the
   * page. Its query comes back too, apart from `code` and `error`. Its fragment does not.
   */
  returnTo: string
  /** Passed on to the provider: `login`, `consent`, `select_account` or `none`. To confirm that it is you it is `login`. */
  prompt?: string
  /** Passed on to the provider: whom to sign in there. */
  loginHint?: string
}

/** A redirect that an app without a window begins. */
export interface SocialBeginning extends SocialStart {
  /** `sign_in` unless given. */
  purpose?: SocialPurpose
}

/** A redirect that has begun. It is plain data. Keep it in the app, and put it into no address. */
export interface SocialAttempt {
  purpose: SocialPurpose
  /** Redeems the code of this attempt, and no other. */
  verifier: string
}

/**
 * How a redirect to a provider ended.
 *
 * `error` says why there is no code, for example `access_denied` when the person turned back.
 */
export type SocialResult =
  | { purpose: 'sign_in'; result: SignInResult; error?: undefined }
  | { purpose: 'connect'; account: SocialAccount; error?: undefined }
  | { purpose: 'reauthenticate'; error?: undefined }
  | { purpose: SocialPurpose; error: ReturnError }

/** The operations on accounts at other providers. */
export interface SocialOperations {
  /** Lists the providers of the server, in the order of its settings. It is empty where there are none. */
  providers(): Promise<SocialProvider[]>
  /**
   * Leaves the page for a provider, to sign in there. {@link SocialOperations.complete} ends it.
   *
   * @throws {LatchkeyError} `storage_unavailable` - the page may not use `sessionStorage`
   * @throws {TypeError} the page is neither of https nor of this machine, so it has no WebCrypto
   */
  signIn(provider: string, start: SocialStart): Promise<void>
  /**
   * Leaves the page for a provider, to connect an account to the signed-in user.
   *
   * When the browser is back the server wants a recent proof, and the code works for a minute. So let a user whose
   * `authTime` is old confirm before.
   *
   * @throws as {@link SocialOperations.signIn}
   */
  connect(provider: string, start: SocialStart): Promise<void>
  /**
   * Leaves the page for a provider, to confirm by a connected account that it is you. It is the only way of an account
   * without a password and a passkey: `methods` of the refusal is `['social']`.
   *
   * @throws as {@link SocialOperations.signIn}
   */
  reauthenticate(provider: string, start: SocialStart): Promise<void>
  /**
   * Ends what began before the page was left. It takes the outcome out of the address of the page.
   *
   * Call it at the start of the page of `returnTo`. Calls at the same time have the same result.
   *
   * @returns null when this tab waits for nothing, as after the back button or for a code of somebody else
   * @throws {LatchkeyError} `token_not_valid` - the code is too old; begin again
   * @throws {LatchkeyError} `provider_email_unverified` `email_already_registered` `local_account_unverified`
   *   `no_active_account` `email_not_verified` - the provider was right, and opens no account here
   * @throws {LatchkeyError} `social_account_in_use` `too_many_connections` `insufficient_user_authentication` - nothing
   *   was connected
   */
  complete(): Promise<SocialResult | null>
  /**
   * Begins a redirect for an app without a window: it opens `address` in the sign-in browser of its system.
   *
   * @param start.returnTo - for an app `com.example.app:/path`, exactly as in `PROVIDER_RETURN_URLS`
   */
  begin(provider: string, start: SocialBeginning): Promise<SocialAttempt & { address: string }>
  /**
   * Ends what {@link SocialOperations.begin} began.
   *
   * @param address - the address that the sign-in browser came back to, with `code` or `error`
   * @throws {LatchkeyError} as {@link SocialOperations.complete}
   */
  finish(attempt: SocialAttempt, address: string): Promise<SocialResult>
  /**
   * Signs in with a token that the provider gave to this app: by its SDK on a phone, or by its button on a page.
   *
   * @throws {LatchkeyError} `invalid_social_token` `client_id_mismatch` `token_required` `flow_not_supported`
   *   `provider_not_configured` `provider_unavailable` - the token opens nothing; otherwise as
   *   {@link SocialOperations.complete}
   */
  signInWithToken(fields: SignInWithProviderTokenInput): Promise<SignInResult>
  /**
   * Signs in with a code that the provider gave to this app, whose address is one of `PROVIDER_CALLBACK_URLS`.
   *
   * @throws {LatchkeyError} as {@link SocialOperations.signInWithToken}; `callback_url_not_allowed`
   */
  signInWithCode(fields: SignInWithProviderCodeInput): Promise<SignInResult>
  /**
   * Connects an account by a token, as {@link SocialOperations.signInWithToken}.
   *
   * @throws {LatchkeyError} `social_account_in_use` `too_many_connections` `insufficient_user_authentication`
   */
  connectWithToken(fields: ConnectProviderTokenInput): Promise<SocialAccount>
  /** Connects an account by a code, as {@link SocialOperations.signInWithCode}. */
  connectWithCode(fields: ConnectProviderCodeInput): Promise<SocialAccount>
  /** Lists the accounts that sign the user in, the oldest first. */
  accounts(): Promise<SocialAccount[]>
  /**
   * Disconnects one of them. Sessions that it opened stay.
   *
   * @throws {LatchkeyError} `disconnect_not_allowed` - it is the last way in; set a password or add a passkey first
   * @throws {LatchkeyError} `not_found` `insufficient_user_authentication`
   */
  disconnect(fields: { id: string }): Promise<void>
}
