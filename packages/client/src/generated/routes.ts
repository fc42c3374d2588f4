// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** A method and a path of the contract, with its parameters in braces. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/**
 * Sends a request and returns the body of its answer.
 *
 * @param fields - fill the parameters of the path; the others are the query of a GET, the body of any other method
 */
export type SendRoute = <T>(route: Route, fields?: object, traits?: Traits) => Promise<T>

/** What the contract says of a call, beside its route. */
export interface Traits {
  /** The answer is empty (204). */
  isEmpty?: boolean
  /** The call changes what people see of the own user. */
  changesUser?: boolean
}

/** Sign in. */
export const login = 'POST /login/'
/** Exchange a refresh token for a new pair. */
export const refreshSession = 'POST /refresh/'
/** Confirm that it is you. */
export const reauthenticate = 'POST /reauthenticate/'
/** Begin to confirm with a passkey. */
export const describeReauthentication = 'POST /reauthenticate/options/'
/** Sign out of one session. */
export const logout = 'POST /logout/'
/** Sign out of every session. */
export const logoutAll = 'POST /logout-all/'
/** List one's own second factors. */
export const listAuthenticators = 'GET /mfa/authenticators/'
/** Put an authenticator app in force. */
export const activateTotp = 'POST /mfa/activate/'
/** Complete a sign-in with a code of an authenticator app. */
export const verifyTotp = 'POST /mfa/verify/'
/** Complete a sign-in with a recovery code. */
export const verifyRecoveryCode = 'POST /mfa/verify-recovery/'
/** Complete a sign-in with a passkey. */
export const verifyPasskey = 'POST /mfa/verify-passkey/'
/** Ask for the passkey at each sign-in with the password. */
export const enableSecondFactor = 'POST /mfa/enable/'
/** Turn the second factor off. */
export const deactivateSecondFactor = 'POST /mfa/deactivate/'
/** Sign in with a passkey. */
export const signInWithPasskey = 'POST /passkeys/sign-in/'
/** Add a passkey. */
export const registerPasskey = 'POST /passkeys/'
/** List one's own passkeys. */
export const listPasskeys = 'GET /passkeys/'
/** Remove one of one's own passkeys. */
export const deletePasskey = 'DELETE /passkeys/{id}/'
/** List the providers that people may sign in with. */
export const listProviders = 'GET /social/providers/'
/** Sign in with tokens of a provider. */
export const signInWithProviderToken = 'POST /social/{provider}/token/'
/** Sign in with a code of a provider. */
export const signInWithProviderCode = 'POST /social/{provider}/code/'
/** Connect an account at a provider by its tokens. */
export const connectProviderToken = 'POST /social/{provider}/connect/token/'
/** Connect an account at a provider by its code. */
export const connectProviderCode = 'POST /social/{provider}/connect/code/'
/** List one's own accounts at providers. */
export const listConnections = 'GET /social/accounts/'
/** Disconnect one of one's own accounts at providers. */
export const disconnectProvider = 'DELETE /social/accounts/{id}/'
/** Sign in after a redirect to a provider. */
export const openSocialSession = 'POST /social/session/'
/** Connect an account after a redirect to a provider. */
export const connectSocialAccount = 'POST /social/connect/'
/** Sign up. */
export const register = 'POST /registration/'
/** Follow a verification link. */
export const verifyEmail = 'GET /registration/verification/{key}/'
/** Change the password. */
export const changePassword = 'POST /password/change/'
/** Set a new password by a reset link. */
export const setNewPassword = 'POST /password/reset/set-new/'
/** Follow the link of a change of address. */
export const confirmEmailChange = 'GET /email/change/confirm/{key}/'
/** Delete one's own account. */
export const deleteOwnUser = 'POST /user/delete/'
/** End one of one's own sessions. */
export const revokeSession = 'DELETE /sessions/{id}/'

/** The routes whose answer is the own user. */
export const USER_ANSWERS: readonly Route[] = ['GET /user/', 'PATCH /user/', 'PUT /user/']

/** The routes that change what people see of the own user. */
export const USER_CHANGES: readonly Route[] = [verifyEmail, 'POST /registration/verification/{key}/', confirmEmailChange, 'POST /email/change/confirm/{key}/', 'PATCH /user/', 'PUT /user/', deleteOwnUser]
