import { DomainError, type FieldErrors, REFUSALS, type RefusalCode, type TokenMessage } from '@latchkey/core'
import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { ZodError } from 'zod'
import { isUnavailable } from './unavailable.ts'

interface Transport {
  status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 500 | 503
  trpc: TRPC_ERROR_CODE_KEY
  /** The code on the wire, where the contract uses one code with two statuses. */
  as?: RefusalCode
}

/** How each refusal travels: the HTTP status of both doors, and tRPC's own name for it. */
export const TRANSPORT = {
  invalid: { status: 400, trpc: 'BAD_REQUEST' },
  parse_error: { status: 400, trpc: 'BAD_REQUEST' },
  not_authenticated: { status: 401, trpc: 'UNAUTHORIZED' },
  bad_authorization_header: { status: 401, trpc: 'UNAUTHORIZED' },
  token_not_valid: { status: 401, trpc: 'UNAUTHORIZED' },
  invalid_refresh_token: { status: 400, trpc: 'BAD_REQUEST', as: 'token_not_valid' },
  session_expired: { status: 401, trpc: 'UNAUTHORIZED' },
  user_not_found: { status: 401, trpc: 'UNAUTHORIZED' },
  user_inactive: { status: 401, trpc: 'UNAUTHORIZED' },
  incorrect_credentials: { status: 401, trpc: 'UNAUTHORIZED' },
  no_active_account: { status: 401, trpc: 'UNAUTHORIZED' },
  permission_denied: { status: 403, trpc: 'FORBIDDEN' },
  csrf_failed: { status: 403, trpc: 'FORBIDDEN' },
  email_not_verified: { status: 401, trpc: 'UNAUTHORIZED' },
  not_found: { status: 404, trpc: 'NOT_FOUND' },
  method_not_allowed: { status: 405, trpc: 'METHOD_NOT_SUPPORTED' },
  unsupported_media_type: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' },
  request_too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  throttled: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
  error: { status: 500, trpc: 'INTERNAL_SERVER_ERROR' },
} as const satisfies Record<RefusalCode, Transport>

export interface Refusal {
  status: Transport['status']
  trpc: TRPC_ERROR_CODE_KEY
  code: RefusalCode
  detail: string
  fields?: FieldErrors
  messages?: TokenMessage[]
  retryAfterSeconds?: number
  /** What went wrong on our side, for the log alone. */
  fault?: unknown
}

const UNAVAILABLE_RETRY_SECONDS = 2

/** What tRPC itself refuses before a procedure runs. */
const REFUSED_BY_TRPC: Partial<Record<TRPC_ERROR_CODE_KEY, RefusalCode>> = {
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
  PAYLOAD_TOO_LARGE: 'request_too_large',
}

/** Turns anything thrown into the refusal that is told; what nobody expected is masked as `error`. */
export function toRefusal(thrown: unknown): Refusal {
  const cause = thrown instanceof TRPCError && thrown.cause ? thrown.cause : thrown
  if (cause instanceof DomainError) return describeDomainError(cause)
  if (thrown instanceof TRPCError && thrown.code !== 'INTERNAL_SERVER_ERROR') {
    return describeTrpcError(thrown)
  }
  if (!isUnavailable(cause)) return refusalOf('error', { fault: cause })
  return refusalOf('unavailable', { fault: cause, retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS })
}

function describeDomainError(error: DomainError): Refusal {
  const { message, fields, messages } = error
  const wait =
    error.retryAfterSeconds ?? (error.code === 'unavailable' ? UNAVAILABLE_RETRY_SECONDS : undefined)
  return refusalOf(error.code, { detail: message, fields, messages, retryAfterSeconds: wait })
}

function describeTrpcError(error: TRPCError): Refusal {
  if (error.cause instanceof ZodError)
    return refusalOf('invalid', { fields: collectFieldErrors(error.cause) })
  if (error.cause instanceof SyntaxError) return refusalOf('parse_error')
  return refusalOf(REFUSED_BY_TRPC[error.code] ?? 'invalid')
}

function refusalOf(code: RefusalCode, details: Partial<Refusal> = {}): Refusal {
  const { status, trpc, as }: Transport = TRANSPORT[code]
  return { status, trpc, code: as ?? code, ...details, detail: details.detail ?? REFUSALS[code] }
}

/** One key a failing field, every sentence once; what concerns the whole input under `non_field_errors`. */
export function collectFieldErrors(error: ZodError): FieldErrors {
  const sentences = new Map<string, string[]>()
  for (const { path, message } of error.issues) {
    const field = path.length > 0 ? String(path[0]) : 'non_field_errors'
    const former = sentences.get(field) ?? []
    if (!former.includes(message)) sentences.set(field, [...former, message])
  }
  return Object.fromEntries(sentences)
}
