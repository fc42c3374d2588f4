/** One refusal: its sentence, its status and its tRPC code. */
export interface RefusalWords {
  /** The sentence for the caller. A refusal may replace it by its own sentence. */
  sentence: string
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503
  /** The name that tRPC gives the status. */
  trpc: TrpcCode
  /** The code on the wire, when it differs: one code may have two statuses. */
  as?: 'token_not_valid' | 'invalid_dpop_proof'
}

type TrpcCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_SUPPORTED'
  | 'CONFLICT'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNPROCESSABLE_CONTENT'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR'

/**
 * Every refusal of the server.
 *
 * The codes are part of the contract: clients decide by them.
 */
export const REFUSALS = {
  invalid: { sentence: 'Invalid input.', status: 400, trpc: 'BAD_REQUEST' },
  parse_error: {
    sentence: 'JSON parse error - the body is not valid JSON.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  not_authenticated: {
    sentence: 'Authentication credentials were not provided.',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  bad_authorization_header: {
    sentence: 'Authorization header must contain two space-delimited values',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  token_not_valid: { sentence: 'Token is invalid or expired', status: 401, trpc: 'UNAUTHORIZED' },
  /** The refusal for the refresh token of a logout. */
  invalid_refresh_token: {
    sentence: 'Invalid token.',
    status: 400,
    trpc: 'BAD_REQUEST',
    as: 'token_not_valid',
  },
  session_expired: {
    sentence: 'The session has expired, please sign in again.',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  user_not_found: { sentence: 'User not found', status: 401, trpc: 'UNAUTHORIZED' },
  user_inactive: { sentence: 'User is inactive', status: 401, trpc: 'UNAUTHORIZED' },
  incorrect_credentials: { sentence: 'Incorrect credentials', status: 401, trpc: 'UNAUTHORIZED' },
  email_not_verified: { sentence: 'User email is not verified', status: 401, trpc: 'UNAUTHORIZED' },
  no_active_account: {
    sentence: 'No active account found with the given credentials',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  permission_denied: {
    sentence: 'You do not have permission to perform this action.',
    status: 403,
    trpc: 'FORBIDDEN',
  },
  /** Not 401: after a 401 clients refresh, are refused again, and sign the user out. */
  insufficient_user_authentication: {
    sentence: 'Please confirm that it is you and try again.',
    status: 403,
    trpc: 'FORBIDDEN',
  },
  /** The form of a reset link was sent, after another link was opened in the same browser. */
  other_link: {
    sentence: 'This form was made for another reset link.',
    status: 403,
    trpc: 'FORBIDDEN',
  },
  mfa_disabled: { sentence: 'MFA TOTP is disabled.', status: 403, trpc: 'FORBIDDEN' },
  mfa_required: {
    sentence: 'MFA TOTP is required and cannot be disabled.',
    status: 403,
    trpc: 'FORBIDDEN',
  },
  /** So many wrong codes in a row that only another factor opens the account. */
  totp_locked: {
    sentence: 'Codes are locked for this account. Use a passkey or a recovery code.',
    status: 403,
    trpc: 'FORBIDDEN',
  },
  recovery_codes_locked: {
    sentence: 'Recovery codes are locked for this account. Use a passkey or an authenticator app.',
    status: 403,
    trpc: 'FORBIDDEN',
  },
  challenge_invalid: { sentence: 'Challenge expired or invalid.', status: 400, trpc: 'BAD_REQUEST' },
  challenge_exhausted: {
    sentence: 'Too many failed attempts. Challenge invalidated.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  invalid_code: { sentence: 'Invalid code.', status: 400, trpc: 'BAD_REQUEST' },
  invalid_recovery_code: { sentence: 'Invalid recovery code.', status: 400, trpc: 'BAD_REQUEST' },
  invalid_password: { sentence: 'Invalid password.', status: 400, trpc: 'BAD_REQUEST' },
  setup_not_initiated: { sentence: 'Setup not initiated.', status: 400, trpc: 'BAD_REQUEST' },
  totp_already_active: { sentence: 'TOTP already activated.', status: 400, trpc: 'BAD_REQUEST' },
  totp_not_active: { sentence: 'TOTP not activated.', status: 400, trpc: 'BAD_REQUEST' },
  no_second_factor: { sentence: 'There is no second factor yet.', status: 400, trpc: 'BAD_REQUEST' },
  mfa_locked: {
    sentence: 'Too many failed MFA attempts. Try again later.',
    status: 429,
    trpc: 'TOO_MANY_REQUESTS',
  },
  passkeys_disabled: { sentence: 'Passkeys are disabled.', status: 403, trpc: 'FORBIDDEN' },
  passkey_refused: { sentence: 'The passkey could not be verified.', status: 400, trpc: 'BAD_REQUEST' },
  too_many_passkeys: {
    sentence: 'There are too many passkeys; remove one first.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  /** A client may tell the authenticator that the passkey is gone. */
  unknown_passkey: { sentence: 'This passkey is not known here.', status: 401, trpc: 'UNAUTHORIZED' },
  provider_not_configured: {
    sentence: 'This provider is not configured.',
    status: 404,
    trpc: 'NOT_FOUND',
  },
  flow_not_supported: {
    sentence: 'The provider does not support this flow.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  callback_url_not_allowed: {
    sentence: 'This callback URL is not allowed.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  token_required: {
    sentence: 'The credential that this provider needs is missing.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  provider_email_unverified: {
    sentence: 'The provider does not vouch for the email address.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  client_id_mismatch: {
    sentence: 'The credential was made for another client.',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  /** One sentence for every reason: it tells nobody which check to get around. The log has the reason. */
  invalid_social_token: {
    sentence: 'The provider rejected the credential.',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  /** The answers of the provider are late, broken or missing. */
  provider_unavailable: {
    sentence: 'The provider cannot be reached, please try again shortly.',
    status: 503,
    trpc: 'SERVICE_UNAVAILABLE',
  },
  social_account_in_use: {
    sentence: 'This account of the provider is connected to another user.',
    status: 409,
    trpc: 'CONFLICT',
  },
  email_already_registered: {
    sentence: 'A user with this email address exists. Sign in and connect the provider there.',
    status: 409,
    trpc: 'CONFLICT',
  },
  /** The account never proved its address, so somebody else may have made it. */
  local_account_unverified: {
    sentence: 'Sign in with your password and connect it there, or set a new password by mail first.',
    status: 409,
    trpc: 'CONFLICT',
  },
  too_many_connections: {
    sentence: 'There are too many connected accounts; disconnect one first.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  disconnect_not_allowed: {
    sentence: 'This is the last way to sign in. Set a password or add a passkey first.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  no_usable_password: {
    sentence: 'This account has no password. Set one by mail first.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  dpop_required: {
    sentence: 'This server opens sessions with a DPoP proof only.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  invalid_dpop_proof: { sentence: 'The DPoP proof is not valid.', status: 400, trpc: 'BAD_REQUEST' },
  /** The refusal for the proof of a refresh. A session that is bound to a key asks for one. */
  invalid_refresh_proof: {
    sentence: 'The session is bound to a key, and the DPoP proof of that key is missing or not valid.',
    status: 401,
    trpc: 'UNAUTHORIZED',
    as: 'invalid_dpop_proof',
  },
  /** The answer has the nonce for the next proof. */
  use_dpop_nonce: {
    sentence: 'The DPoP proof must have the nonce of this answer.',
    status: 401,
    trpc: 'UNAUTHORIZED',
  },
  csrf_failed: { sentence: 'The request came from another site.', status: 403, trpc: 'FORBIDDEN' },
  not_found: { sentence: 'Not found.', status: 404, trpc: 'NOT_FOUND' },
  method_not_allowed: { sentence: 'Method not allowed.', status: 405, trpc: 'METHOD_NOT_SUPPORTED' },
  unsupported_media_type: {
    sentence: 'Unsupported media type in request.',
    status: 415,
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
  },
  request_too_large: { sentence: 'Request body is too large.', status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  invalid_idempotency_key: {
    sentence:
      'The Idempotency-Key must have 16 to 128 visible ASCII characters, without quotes and backslashes.',
    status: 400,
    trpc: 'BAD_REQUEST',
  },
  /** A key is made for one refresh. It came with the token that this refresh gave. */
  idempotency_key_reused: {
    sentence: 'This Idempotency-Key was used for another refresh.',
    status: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
  },
  throttled: { sentence: 'Request was throttled.', status: 429, trpc: 'TOO_MANY_REQUESTS' },
  unavailable: {
    sentence: 'The server is busy, please try again shortly.',
    status: 503,
    trpc: 'SERVICE_UNAVAILABLE',
  },
  error: { sentence: 'Something went wrong on our side.', status: 500, trpc: 'INTERNAL_SERVER_ERROR' },
} as const satisfies Record<string, RefusalWords>

/** One of the codes of {@link REFUSALS}. */
export type RefusalCode = keyof typeof REFUSALS

/** Sentences by field name. All failing fields are named at once. */
export type FieldErrors = Record<string, string[]>

/** Why a bearer token was refused. Clients of the contract parse these words. */
export interface TokenMessage {
  token_class: 'AccessToken'
  token_type: 'access'
  message: string
}
