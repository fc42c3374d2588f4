/** The cookie of an opened reset link. */
export const RESET_COOKIE = 'password_reset_access_token'
/** The cookie of the refresh token, in cookie mode. */
export const REFRESH_COOKIE = 'refresh_token'

/** The prefixes of cookie names that browsers know. The longer ones are kept under stricter rules. */
export const COOKIE_PREFIXES = ['__Secure-', '__Host-'] as const

/** One of {@link COOKIE_PREFIXES}, or none. */
export type CookiePrefix = (typeof COOKIE_PREFIXES)[number] | ''
