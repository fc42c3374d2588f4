import { MFA_REFUSAL_CODES } from '../generated/mfa-error-codes.ts'

export type { PlainMfaOperations, PlainPasskeyOperations } from '../generated/operations.ts'
export { createMfaOperations } from './create-mfa-operations.ts'
export type * from './mfa-operations.ts'

/** The codes that the operations of this entry can fail with, beside `ERROR_CODES` of the main entry. */
export const MFA_ERROR_CODES = MFA_REFUSAL_CODES
