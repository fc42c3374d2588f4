export { toAsciiDomain } from '@latchkey/contract/domain'
export { isEmailAddress, isKnownAddress, normalizeEmail } from '@latchkey/contract/email'
export { EMAIL_MAX_CHARACTERS } from '@latchkey/contract/limits'
