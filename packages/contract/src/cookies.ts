/** The cookie of an opened reset link. */
export const RESET_COOKIE = 'password_reset_access_token'
/** The cookie of the refresh token, in cookie mode. */
export const REFRESH_COOKIE = 'refresh_token'
