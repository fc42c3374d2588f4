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
/** Sign out of one session. */
export const logout = 'POST /logout/'
/** Sign out of every session. */
export const logoutAll = 'POST /logout-all/'
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
