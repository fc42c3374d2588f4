import type { OperationName } from '@latchkey/contract'

/**
 * The operations that the client writes by hand, and what each of them does beside sending its request.
 *
 * An operation that gives or removes tokens, or that a mailed link leads to, must be listed here.
 */
export const OWN_OPERATIONS: Partial<Record<OperationName, string>> = {
  login: 'keeps the tokens',
  refreshSession: 'the client refreshes by itself: `client.session`',
  reauthenticate: 'replaces the tokens',
  describeReauthentication: 'of the entry `mfa`: it is beside `reauthenticate`, in no group',
  listAuthenticators: 'its answer is a list',
  activateTotp: 'keeps the tokens, if the answer has tokens, and refreshes the level of the session',
  verifyTotp: 'keeps the tokens',
  verifyRecoveryCode: 'keeps the tokens',
  verifyPasskey: 'keeps the tokens',
  enableSecondFactor: 'refreshes the level of the session',
  deactivateSecondFactor: 'refreshes the level of the session',
  signInWithPasskey: 'keeps the tokens',
  registerPasskey: 'keeps the tokens, if the answer has tokens',
  listPasskeys: 'tells the browser which passkeys are valid',
  deletePasskey: 'refreshes the level of the session, and tells the browser which passkeys are valid',
  listProviders: 'of the entry `social`: its answer is a list',
  signInWithProviderToken: 'of the entry `social`: keeps the tokens',
  signInWithProviderCode: 'of the entry `social`: keeps the tokens',
  connectProviderToken: 'of the entry `social`',
  connectProviderCode: 'of the entry `social`',
  listConnections: 'of the entry `social`: its answer is a list',
  disconnectProvider: 'of the entry `social`',
  openSocialSession: 'of the entry `social`: `complete` and `finish` send it, and keep the tokens',
  connectSocialAccount: 'of the entry `social`: `complete` and `finish` send it',
  logout: 'forgets the tokens before the request',
  logoutAll: 'forgets the tokens',
  register: 'keeps the tokens, if the answer has tokens',
  verifyEmail: 'of the entry `links`: follows a redirect, or presses the button of a page',
  changePassword: 'replaces the tokens',
  setNewPassword: 'sends the cookie of the reset link, and keeps the tokens',
  confirmEmailChange: 'of the entry `links`: follows a redirect, or presses the button of a page',
  deleteOwnUser: 'forgets the tokens',
  revokeSession: 'forgets the tokens, if it ends the current session',
}
