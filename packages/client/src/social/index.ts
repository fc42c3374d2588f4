import { SOCIAL_REFUSAL_CODES } from '../generated/social-error-codes.ts'

export type {
  ConnectProviderCodeInput,
  ConnectProviderTokenInput,
  SignInWithProviderCodeInput,
  SignInWithProviderTokenInput,
} from '../generated/bodies.ts'
export { createSocialOperations, type SocialOptions } from './create-social-operations.ts'
export type { SocialWindow } from './page.ts'
export type { SocialCrypto } from './redirects.ts'
export { RETURN_ERRORS, type ReturnError } from './return-errors.ts'
export type * from './social-operations.ts'

/** The codes that the operations of this entry can fail with, beside `ERROR_CODES` of the main entry. */
export const SOCIAL_ERROR_CODES = SOCIAL_REFUSAL_CODES
