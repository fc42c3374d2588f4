import { TOKEN_EXPIRED } from '../generated/error-codes.ts'
import {
  type FieldErrors,
  isErrorCode,
  LatchkeyError,
  type LatchkeyErrorCode,
  type ProofMethod,
} from './error.ts'
import { readRetryAfter } from './read-retry-after.ts'

/** The code for a status that came without one, as from a proxy in front of the server. */
const CODE_BY_STATUS: Partial<Record<number, LatchkeyErrorCode>> = {
  // The request was lost on its way, or came too early for a proxy. It was not performed.
  408: 'network_error',
  413: 'request_too_large',
  425: 'network_error',
  429: 'throttled',
  500: 'error',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

/** The fields of a refusal that is not about fields. */
interface Refusal {
  detail: unknown
  code: unknown
  methods: readonly ProofMethod[]
}

/**
 * Turns an answer that is not a success into the error that is thrown.
 *
 * @param body - the JSON of the answer, or undefined when the answer has none
 */
export function readRefusal({ status, headers }: Response, body: unknown): LatchkeyError {
  const { detail, code, methods } = (isObject(body) ? body : {}) as Partial<Refusal>
  const fields = isObject(body) && status === 400 ? readFields(body) : undefined
  const details = {
    status,
    fields,
    retryAfterSeconds: readRetryAfter(headers),
    requestId: headers.get('x-request-id') ?? undefined,
    methods,
  }
  const refuse = (known: unknown, sentence = `HTTP ${status}`) =>
    new LatchkeyError(isErrorCode(known) ? known : 'unexpected_answer', sentence, details)

  if (typeof detail === 'string' && typeof code === 'string') return refuse(code, detail)
  if (fields) return refuse('invalid', Object.values(fields).flat()[0])
  return refuse(isObject(body) ? undefined : CODE_BY_STATUS[status])
}

/**
 * Answers whether a refused refresh means that the session is over.
 *
 * Only a verdict of the server itself ends a session. A throttle, a failure, a proxy or a captive portal does not. A
 * session whose address must be verified first goes on as soon as the address is verified. A refused proof says that the
 * server is set up for another URL, because the client compares the keys itself.
 */
export function endsSession(error: unknown): error is LatchkeyError {
  if (!(error instanceof LatchkeyError)) return false
  if (error.status === 401) return !/not_verified|unexpected|dpop/.test(error.code)
  return error.fields.refresh !== undefined
}

/**
 * Codes of a 401 that refuse something other than the access token, so that another token would not help.
 *
 * An unexpected answer may come from a proxy that has not asked the server.
 */
const OTHER_REFUSALS =
  /^(unexpected_answer|incorrect_credentials|no_active_account|email_not_verified|session_expired|insufficient_user_authentication|invalid_dpop_proof|use_dpop_nonce)$/

/** Answers whether a 401 with this code refuses the access token; so does a 401 without a code. */
export function refusesToken(code = ''): boolean {
  return !OTHER_REFUSALS.test(code)
}

/** Says why a session is over whose refresh was refused: see {@link endsSession}. */
export function explainEnd({ code, message }: LatchkeyError): 'session_ended' | 'expired' | 'key_lost' {
  if (code === 'invalid_dpop_proof') return 'key_lost'
  const isExpired = code === 'session_expired' || (code === 'token_not_valid' && message === TOKEN_EXPIRED)
  return isExpired ? 'expired' : 'session_ended'
}

function readFields(body: Record<string, unknown>): FieldErrors | undefined {
  const isText = (sentence: unknown) => typeof sentence === 'string'
  const isFields = Object.values(body).every((list) => Array.isArray(list) && list.every(isText))
  return isFields ? (body as FieldErrors) : undefined
}

/** Answers whether a value is an object with fields, as every JSON answer of the server is. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
