/** The refusals of a request, with the codes, statuses and sentences of the auth server itself. */
export const ACCESS_REFUSALS = {
  not_authenticated: { status: 401, detail: 'Authentication credentials were not provided.' },
  bad_authorization_header: {
    status: 401,
    detail: 'Authorization header must contain two space-delimited values',
  },
  token_not_valid: { status: 401, detail: 'Given token not valid for any token type' },
  permission_denied: { status: 403, detail: 'You do not have permission to perform this action.' },
  email_not_verified: { status: 403, detail: 'User email is not verified' },
  /** The keys could not be fetched: no request can be admitted, and no user is signed out. */
  unavailable: { status: 503, detail: 'The server is busy, please try again shortly.' },
} as const

/** One of the codes of {@link ACCESS_REFUSALS}. */
export type AccessRefusalCode = keyof typeof ACCESS_REFUSALS

/** The fault of a token, in the words of the auth server. */
export type TokenFault = 'Token is invalid' | 'Token is expired' | 'Token has wrong type'

/** Refuses a request, and knows the answer to send. */
export class AccessRefusal extends Error {
  override readonly name = 'AccessRefusal'
  readonly code: AccessRefusalCode
  readonly status: 401 | 403 | 503
  readonly fault: TokenFault | undefined

  constructor(code: AccessRefusalCode, details: { fault?: TokenFault; cause?: unknown } = {}) {
    super(ACCESS_REFUSALS[code].detail, { cause: details.cause })
    this.code = code
    this.status = ACCESS_REFUSALS[code].status
    this.fault = details.fault
  }

  /** Describes the answer, with the body and the headers of the auth server, for any framework. */
  describe(): { status: number; headers: Record<string, string>; body: string } {
    const { status, code, message: detail } = this
    const messages = this.fault && [{ token_class: 'AccessToken', token_type: 'access', message: this.fault }]
    const headers = {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="api"' }),
      ...(status === 503 && { 'Retry-After': '2' }),
    }
    return { status, headers, body: JSON.stringify({ detail, code, messages }) }
  }

  /** Creates the answer, with the body and the headers of the auth server. */
  toResponse(): Response {
    const { body, ...init } = this.describe()
    return new Response(body, init)
  }
}
