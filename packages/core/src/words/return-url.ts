export { createReturnJudge, fillReturn } from '@latchkey/contract/return-url'
