export { passwordTooShort, passwordTooSimilar, SENTENCES } from '@latchkey/contract/sentences'
