export { DENIALS, SENTENCES, TOKEN_EXPIRED } from '@latchkey/contract/sentences'
