import { type FieldErrors, REFUSALS, type RefusalCode, type TokenMessage } from '@latchkey/contract/refusals'

export type { FieldErrors, RefusalCode, TokenMessage }

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
    super(details.detail ?? REFUSALS[code].sentence)
    this.code = code
    this.fields = details.fields
    this.messages = details.messages
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** Makes the refusal of one or more fields, each named as code spells it: `newPassword2`; what concerns several under `nonFieldErrors`. */
export function invalidFields(fields: FieldErrors): DomainError {
  return new DomainError('invalid', { fields })
}
