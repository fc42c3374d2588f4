/**
 * Everything an operation can fail with.
 *
 * The list is closed, so that a `switch` over `error.code` can be exhausted: a code of a newer server arrives as
 * `unexpected_answer`, its sentence in `message`.
 */
export const ERROR_CODES = [
  /** One or more fields were refused: see {@link LatchkeyError.fields}. */
  'invalid',
  'parse_error',
  /** Nobody is signed in. */
  'not_authenticated',
  'bad_authorization_header',
  'token_not_valid',
  'session_expired',
  'user_not_found',
  'user_inactive',
  'incorrect_credentials',
  'no_active_account',
  'email_not_verified',
  'permission_denied',
  /** The server does not know the origin this page was loaded from. */
  'csrf_failed',
  'not_found',
  'method_not_allowed',
  'unsupported_media_type',
  'request_too_large',
  /** Too many requests: see {@link LatchkeyError.retryAfterSeconds}. */
  'throttled',
  'unavailable',
  /** A fault of the server. */
  'error',
  /** The server could not be reached, or its answer was lost. */
  'network_error',
  'timeout',
  /** Something answered that is not the server: a captive portal, a proxy, a wrong `baseUrl`. */
  'unexpected_answer',
] as const

/** One of {@link ERROR_CODES}. */
export type LatchkeyErrorCode = (typeof ERROR_CODES)[number]

/** Sentences by field name, spelled as in the request; across fields under `non_field_errors`. */
export type FieldErrors = Partial<Record<string, string[]>>

/** What is known of a failure beside its code and sentence. */
export interface ErrorDetails {
  status?: number
  fields?: FieldErrors
  retryAfterSeconds?: number
  requestId?: string
  cause?: unknown
}

/** The one error every operation of the client rejects with. */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError'
  readonly code: LatchkeyErrorCode
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number
  /** The failing fields; empty unless `code` is `invalid`. */
  readonly fields: FieldErrors
  /** Whole seconds after which trying again is sensible. */
  readonly retryAfterSeconds: number | undefined
  /** The name of the request in the server's log. */
  readonly requestId: string | undefined

  constructor(code: LatchkeyErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.status = details.status ?? 0
    this.fields = details.fields ?? {}
    this.retryAfterSeconds = details.retryAfterSeconds
    this.requestId = details.requestId
  }
}

/**
 * Answers whether something thrown is a {@link LatchkeyError}.
 *
 * By name, so that it holds across two copies of the package in one program.
 */
export function isLatchkeyError(thrown: unknown): thrown is LatchkeyError {
  return thrown instanceof Error && thrown.name === 'LatchkeyError'
}

/** Answers whether a word is one of {@link ERROR_CODES}. */
export function isErrorCode(word: unknown): word is LatchkeyErrorCode {
  return (ERROR_CODES as readonly unknown[]).includes(word)
}
