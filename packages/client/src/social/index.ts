export { createSocialOperations, type SocialOptions } from './create-social-operations.ts'
export type * from './social-operations.ts'
