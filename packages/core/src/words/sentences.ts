export { SENTENCES } from '@latchkey/contract/sentences'
