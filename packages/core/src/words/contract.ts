export { LANDING_QUERY } from '@latchkey/contract/landing'
export { LANGUAGE_MAX_CHARACTERS } from '@latchkey/contract/limits'
export type { LinkPaths } from '@latchkey/contract/links'
export type { EmailVerification } from '@latchkey/contract/settings'
