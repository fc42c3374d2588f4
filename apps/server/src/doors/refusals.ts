import {
  type FieldErrors,
  REFUSALS,
  type RefusalCode,
  type RefusalWords,
  type TokenMessage,
} from '@latchkey/contract'
import { DomainError, type RequiredProof } from '@latchkey/core'
import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { ZodError } from 'zod'
import { toWireFields } from './translate.ts'
import { isUnavailable } from './unavailable.ts'

export interface Refusal {
  status: RefusalWords['status']
  trpc: TRPC_ERROR_CODE_KEY
  code: RefusalCode
  detail: string
  fields?: FieldErrors
  messages?: TokenMessage[]
  retryAfterSeconds?: number
  /** What the caller must prove first. */
  proof?: WireProof
  /** The fault of the server, for the log alone. */
  fault?: unknown
}

/** What a caller must prove, in the names of the contract. */
export interface WireProof {
  max_age: number
  /** Left out when the level of the session is high enough. */
  acr_values?: string
  methods: string[]
}

const UNAVAILABLE_RETRY_SECONDS = 2

/** The refusals of tRPC itself, which come before a procedure runs. */
const REFUSED_BY_TRPC: Partial<Record<TRPC_ERROR_CODE_KEY, RefusalCode>> = {
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
  PAYLOAD_TOO_LARGE: 'request_too_large',
}

/** Turns any thrown value into a refusal for the caller. An unexpected error is masked as `error`. */
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
  const { message, messages } = error
  const fields = error.fields && toWireFields(error.fields)
  const wait =
    error.retryAfterSeconds ?? (REFUSALS[error.code].status === 503 ? UNAVAILABLE_RETRY_SECONDS : undefined)
  const proof = error.requiredProof && toWireProof(error.requiredProof)
  return refusalOf(error.code, { detail: message, fields, messages, retryAfterSeconds: wait, proof })
}

function toWireProof({ maxAgeSeconds, acr, methods }: RequiredProof): WireProof {
  return { max_age: maxAgeSeconds, ...(acr && { acr_values: acr }), methods }
}

function describeTrpcError(error: TRPCError): Refusal {
  if (error.cause instanceof ZodError)
    return refusalOf('invalid', { fields: collectFieldErrors(error.cause) })
  if (error.cause instanceof SyntaxError) return refusalOf('parse_error')
  return refusalOf(REFUSED_BY_TRPC[error.code] ?? 'invalid')
}

function refusalOf(code: RefusalCode, details: Partial<Refusal> = {}): Refusal {
  const { sentence, status, trpc, as }: RefusalWords = REFUSALS[code]
  return { status, trpc, code: as ?? code, ...details, detail: details.detail ?? sentence }
}

/** One key per failing field, and each sentence once. Faults of the whole input stand under `non_field_errors`. */
export function collectFieldErrors(error: ZodError): FieldErrors {
  const sentences = new Map<string, string[]>()
  for (const { path, message } of error.issues) {
    const field = path.length > 0 ? String(path[0]) : 'non_field_errors'
    const former = sentences.get(field) ?? []
    if (!former.includes(message)) sentences.set(field, [...former, message])
  }
  return Object.fromEntries(sentences)
}
