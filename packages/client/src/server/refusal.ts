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
  /** Not 401: after a 401 clients refresh, are refused again, and sign the user out. */
  insufficient_user_authentication: {
    status: 403,
    detail: 'Please confirm that it is you and try again.',
  },
  /** The keys could not be fetched: no request can be admitted, and no user is signed out. */
  unavailable: { status: 503, detail: 'The server is busy, please try again shortly.' },
} as const

/** One of the codes of {@link ACCESS_REFUSALS}. */
export type AccessRefusalCode = keyof typeof ACCESS_REFUSALS

/** The fault of a token, in the words of the auth server. */
export type TokenFault = 'Token is invalid' | 'Token is expired' | 'Token has wrong type'

/** The authentication that a refused user lacks, as the answer names it. What does not matter is left out. */
export interface WantedAuthentication {
  acr_values?: 'aal2'
  /** Whole seconds. */
  max_age?: number
}

/** What a refusal says beside its code. */
export interface RefusalDetails {
  fault?: TokenFault
  wanted?: WantedAuthentication
  cause?: unknown
}

/** Refuses a request, and knows the answer to send. */
export class AccessRefusal extends Error {
  override readonly name = 'AccessRefusal'
  readonly code: AccessRefusalCode
  readonly status: 401 | 403 | 503
  readonly fault: TokenFault | undefined
  /** Only of `insufficient_user_authentication`. */
  readonly wanted: WantedAuthentication | undefined

  constructor(code: AccessRefusalCode, details: RefusalDetails = {}) {
    super(ACCESS_REFUSALS[code].detail, { cause: details.cause })
    this.code = code
    this.status = ACCESS_REFUSALS[code].status
    this.fault = details.fault
    this.wanted = details.wanted
  }

  /** Describes the answer, with the body and the headers of the auth server, for any framework. */
  describe(): { status: number; headers: Record<string, string>; body: string } {
    const { status, code, message: detail, wanted } = this
    const messages = this.fault && [{ token_class: 'AccessToken', token_type: 'access', message: this.fault }]
    // A program learns from the header what to ask of the user: RFC 9470 section 3.
    const stepUp = code === 'insufficient_user_authentication' && {
      error: code,
      error_description: detail,
      ...wanted,
    }
    const headers = {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...((status === 401 || stepUp) && { 'WWW-Authenticate': writeChallenge({ realm: 'api', ...stepUp }) }),
      ...(status === 503 && { 'Retry-After': '2' }),
    }
    return { status, headers, body: JSON.stringify({ detail, code, messages, ...wanted }) }
  }

  /** Creates the answer, with the body and the headers of the auth server. */
  toResponse(): Response {
    const { body, ...init } = this.describe()
    return new Response(body, init)
  }
}

/** Writes a challenge: texts in quotes, and numbers without them. */
function writeChallenge(parameters: object): string {
  const written = Object.entries(parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `Bearer ${written.join(', ')}`
}
