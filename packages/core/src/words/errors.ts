import { type FieldErrors, REFUSALS, type RefusalCode, type TokenMessage } from '@latchkey/contract/refusals'
import type { FieldSentence } from '@latchkey/contract/sentences'

export type { FieldErrors, FieldSentence, RefusalCode, TokenMessage }

interface RefusalDetails {
  detail?: string
  fields?: FieldErrors
  messages?: TokenMessage[]
  retryAfterSeconds?: number
}

/** A refusal of the contract: expected, safe to show, and the same over REST, tRPC and pages. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: RefusalCode
  readonly fields: FieldErrors | undefined
  readonly messages: TokenMessage[] | undefined
  /** Whole seconds after which the caller may try again. */
  readonly retryAfterSeconds: number | undefined

  /** Creates a refusal; `detail` replaces the sentence of the catalogue, and `invalid` takes the failing `fields`. */
  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(details.detail ?? REFUSALS[code].sentence)
    this.code = code
    this.fields = details.fields
    this.messages = details.messages
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** Sentences of the contract by the name of the field, as in code. */
export type FieldFaults = Record<string, FieldSentence[]>

/** Creates the refusal of fields, named as in code (`newPassword2`); faults of several fields are `nonFieldErrors`. */
export function invalidFields(fields: FieldFaults): DomainError {
  return new DomainError('invalid', { fields })
}
