export { toAsciiDomain } from '@latchkey/contract/domain'
export { isKnownAddress, normalizeEmail } from '@latchkey/contract/email'
