export { type Brand, DEFAULT_BRAND } from '@latchkey/contract/brand'
export { LANDING_QUERY } from '@latchkey/contract/landing'
export type { LinkPaths } from '@latchkey/contract/links'
export type { EmailVerification } from '@latchkey/contract/settings'
