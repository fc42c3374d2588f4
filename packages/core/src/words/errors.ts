/**
 * Every refusal the server can give, with the sentence a caller reads.
 *
 * The codes are part of the contract: a client switches on them. A refusal that needs another sentence for the
 * same code (`token_not_valid`) gives it to {@link DomainError}.
 */
export const REFUSALS = {
  invalid: 'Invalid input.',
  parse_error: 'JSON parse error - the body is not valid JSON.',
  not_authenticated: 'Authentication credentials were not provided.',
  bad_authorization_header: 'Authorization header must contain two space-delimited values',
  token_not_valid: 'Token is invalid or expired',
  /** The refresh token of a logout. The contract calls it `token_not_valid` too, but answers 400. */
  invalid_refresh_token: 'Invalid token.',
  session_expired: 'The session has expired, please sign in again.',
  user_not_found: 'User not found',
  user_inactive: 'User is inactive',
  incorrect_credentials: 'Incorrect credentials',
  email_not_verified: 'User email is not verified',
  no_active_account: 'No active account found with the given credentials',
  permission_denied: 'You do not have permission to perform this action.',
  csrf_failed: 'The request came from another site.',
  not_found: 'Not found.',
  method_not_allowed: 'Method not allowed.',
  unsupported_media_type: 'Unsupported media type in request.',
  request_too_large: 'Request body is too large.',
  throttled: 'Request was throttled.',
  unavailable: 'The server is busy, please try again shortly.',
  error: 'Something went wrong on our side.',
} as const

/** One of the codes of {@link REFUSALS}. */
export type RefusalCode = keyof typeof REFUSALS

/** Sentences by field name, all failing fields at once; across fields under `non_field_errors`. */
export type FieldErrors = Record<string, string[]>

/** Why a bearer token was refused, in the words clients of the contract parse. */
export interface TokenMessage {
  token_class: 'AccessToken'
  token_type: 'access'
  message: string
}

interface RefusalDetails {
  detail?: string
  fields?: FieldErrors
  messages?: TokenMessage[]
  retryAfterSeconds?: number
}

/** A refusal of the contract: expected, safe to show, and the same through every door. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: RefusalCode
  readonly fields: FieldErrors | undefined
  readonly messages: TokenMessage[] | undefined
  /** Whole seconds after which trying again is sensible. */
  readonly retryAfterSeconds: number | undefined

  /** Takes another sentence than the catalogue's as `detail`, and the failing `fields` for `invalid`. */
  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(details.detail ?? REFUSALS[code])
    this.code = code
    this.fields = details.fields
    this.messages = details.messages
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** Makes the refusal of one or more fields, each named as the caller spelled it. */
export function invalidFields(fields: FieldErrors): DomainError {
  return new DomainError('invalid', { fields })
}
