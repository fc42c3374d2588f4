export { SENTENCES, TOKEN_EXPIRED } from '@latchkey/contract/sentences'
