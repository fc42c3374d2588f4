// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** The codes by which the server refuses a request, with the status and the usual sentence of each. */
export const REFUSAL_CODES = [
  /** 400: Invalid input. */
  'invalid',
  /** 400: JSON parse error - the body is not valid JSON. */
  'parse_error',
  /** 401: Authentication credentials were not provided. */
  'not_authenticated',
  /** 401: Authorization header must contain two space-delimited values. */
  'bad_authorization_header',
  /** 401: Token is invalid or expired. */
  'token_not_valid',
  /** 401: The session has expired, please sign in again. */
  'session_expired',
  /** 401: User not found. */
  'user_not_found',
  /** 401: User is inactive. */
  'user_inactive',
  /** 401: Incorrect credentials. */
  'incorrect_credentials',
  /** 401: User email is not verified. */
  'email_not_verified',
  /** 401: No active account found with the given credentials. */
  'no_active_account',
  /** 403: You do not have permission to perform this action. */
  'permission_denied',
  /** 403: Please confirm that it is you and try again. */
  'insufficient_user_authentication',
  /** 403: This form was made for another reset link. */
  'other_link',
  /** 400: This account has no password. Set one by mail first. */
  'no_usable_password',
  /** 400: This server opens sessions with a DPoP proof only. */
  'dpop_required',
  /** 400: The DPoP proof is not valid. */
  'invalid_dpop_proof',
  /** 401: The DPoP proof must have the nonce of this answer. */
  'use_dpop_nonce',
  /** 403: The request came from another site. */
  'csrf_failed',
  /** 404: Not found. */
  'not_found',
  /** 405: Method not allowed. */
  'method_not_allowed',
  /** 415: Unsupported media type in request. */
  'unsupported_media_type',
  /** 413: Request body is too large. */
  'request_too_large',
  /**
   * 400: The Idempotency-Key must have 16 to 128 visible ASCII characters, without quotes and backslashes.
   */
  'invalid_idempotency_key',
  /** 422: This Idempotency-Key was used for another refresh. */
  'idempotency_key_reused',
  /** 429: Request was throttled. */
  'throttled',
  /** 503: The server is busy, please try again shortly. */
  'unavailable',
  /** 500: Something went wrong on our side. */
  'error',
] as const

/** The sentence of a refused refresh whose session was unused for too long. The code of this refusal has other causes too. */
export const TOKEN_EXPIRED = 'Token is expired'
