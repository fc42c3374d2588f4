export type { LinkPaths } from '@latchkey/contract/links'
export type { EmailVerification } from '@latchkey/contract/settings'
