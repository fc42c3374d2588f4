import { REFUSAL_CODES } from '../generated/error-codes.ts'
import type { MFA_REFUSAL_CODES } from '../generated/mfa-error-codes.ts'
import type { SOCIAL_REFUSAL_CODES } from '../generated/social-error-codes.ts'

/**
 * Every code an operation of this entry can fail with.
 *
 * The list is closed, so a `switch` over `error.code` can be exhaustive. A code that only a newer server knows arrives
 * as `unexpected_answer`, with the server's sentence in `message`.
 */
export const ERROR_CODES: readonly (RefusalCode | ClientCode)[] = /* @__PURE__ */ (
  REFUSAL_CODES as readonly (RefusalCode | ClientCode)[]
).concat('network_error', 'timeout', 'unexpected_answer', 'storage_unavailable')

type RefusalCode = (typeof REFUSAL_CODES)[number]
type ClientCode =
  /** The server could not be reached, or its answer was lost. */
  | 'network_error'
  | 'timeout'
  /** The answer is not from the server, but from a captive portal, a proxy or a wrong `baseUrl`. */
  | 'unexpected_answer'
  /** The storage of the session cannot be read, or cannot keep new tokens. It is unknown whether a user is signed in. */
  | 'storage_unavailable'

/** One of {@link ERROR_CODES}, of `MFA_ERROR_CODES` of the entry `mfa`, or of `SOCIAL_ERROR_CODES` of the entry `social`. */
export type LatchkeyErrorCode =
  | (typeof ERROR_CODES)[number]
  | (typeof MFA_REFUSAL_CODES)[number]
  | (typeof SOCIAL_REFUSAL_CODES)[number]

/** How the user of a session can prove who it is. */
export type ProofMethod = 'passkey' | 'totp' | 'recovery_code' | 'password' | 'social'

/** Maps a field name of the request to its sentences; sentences about several fields are under `non_field_errors`. */
export type FieldErrors = Partial<Record<string, string[]>>

/** Details of a failure beside its code and sentence. */
export interface ErrorDetails {
  status?: number
  fields?: FieldErrors
  retryAfterSeconds?: number
  requestId?: string
  methods?: readonly ProofMethod[]
  cause?: unknown
}

/** The error that every operation of the client rejects with. */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError'
  declare readonly code: LatchkeyErrorCode
  /** The HTTP status; 0 when no answer came. */
  declare readonly status: number
  /** The sentences of the refused fields; empty unless `code` is `invalid`. */
  declare readonly fields: FieldErrors
  /** Whole seconds to wait before the next try, from the `Retry-After` header. */
  declare readonly retryAfterSeconds: number | undefined
  /** The id of the request in the server's log, from the `X-Request-Id` header. */
  declare readonly requestId: string | undefined
  /** What this account can be proven with, after `insufficient_user_authentication`. */
  declare readonly methods: readonly ProofMethod[] | undefined

  constructor(
    code: LatchkeyErrorCode,
    message: string,
    { status = 0, fields = {}, cause, ...others }: ErrorDetails = {},
  ) {
    super(message, { cause })
    Object.assign(this, { code, status, fields }, others)
  }
}

/** The sentences of the failures that the client notices itself. */
const SENTENCES = {
  network_error: 'The server could not be reached.',
  timeout: 'The server did not answer in time.',
  unexpected_answer: 'The answer is not from the server.',
  storage_unavailable: 'The storage failed.',
  not_authenticated: 'Nobody is signed in.',
}

/** Creates the error of a failure that the client notices itself. */
export function createFailure(code: keyof typeof SENTENCES, details?: ErrorDetails): LatchkeyError {
  return new LatchkeyError(code, SENTENCES[code], details)
}

/** Reads the code of an error of this client; undefined for any other thrown value. */
export function codeOf(thrown: unknown): LatchkeyErrorCode | undefined {
  return thrown instanceof LatchkeyError ? thrown.code : undefined
}

/**
 * Answers whether a thrown value is a {@link LatchkeyError}.
 *
 * Compares the name, so that it also holds between two copies of the package in one program.
 */
export function isLatchkeyError(thrown: unknown): thrown is LatchkeyError {
  return thrown instanceof Error && thrown.name === 'LatchkeyError'
}

/** Answers whether a value is one of {@link ERROR_CODES}. */
export function isErrorCode(word: unknown): word is LatchkeyErrorCode {
  return (ERROR_CODES as readonly unknown[]).includes(word)
}
