import { type FieldErrors, REFUSALS, type RefusalCode, type TokenMessage } from '@latchkey/contract/refusals'
import type { FieldSentence } from '@latchkey/contract/sentences'
import type { AuthenticationLevel } from './claims.ts'
import type { ProofMethod } from './second-factors.ts'

export type { FieldErrors, FieldSentence, RefusalCode, TokenMessage }

/** What a caller must prove before it tries again. */
export interface RequiredProof {
  /** How old a proof may be, in seconds. */
  maxAgeSeconds: number
  /** The level that the session needs; null when its level is high enough. */
  acr: AuthenticationLevel | null
  /** What the user can prove it with. */
  methods: ProofMethod[]
}

interface RefusalDetails {
  detail?: string
  fields?: FieldErrors
  messages?: TokenMessage[]
  retryAfterSeconds?: number
  requiredProof?: RequiredProof
}

/** A refusal of the contract: expected, safe to show, and the same over REST, tRPC and pages. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: RefusalCode
  readonly fields: FieldErrors | undefined
  readonly messages: TokenMessage[] | undefined
  /** Whole seconds after which the caller may try again. */
  readonly retryAfterSeconds: number | undefined
  /** Only for `insufficient_user_authentication`. */
  readonly requiredProof: RequiredProof | undefined

  /** Creates a refusal; `detail` replaces the sentence of the catalogue, and `invalid` takes the failing `fields`. */
  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(details.detail ?? REFUSALS[code].sentence)
    this.code = code
    this.fields = details.fields
    this.messages = details.messages
    this.retryAfterSeconds = details.retryAfterSeconds
    this.requiredProof = details.requiredProof
  }
}

/** Sentences of the contract by the name of the field, as in code. */
export type FieldFaults = Record<string, FieldSentence[]>

/** Creates the refusal of fields, named as in code (`newPassword2`); faults of several fields are `nonFieldErrors`. */
export function invalidFields(fields: FieldFaults): DomainError {
  return new DomainError('invalid', { fields })
}
