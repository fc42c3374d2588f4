export { DENIALS, SENTENCES, TOKEN_EXPIRED, tooLong } from '@latchkey/contract/sentences'
