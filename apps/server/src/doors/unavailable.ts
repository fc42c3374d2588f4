export { describeFault, isUnavailable, summarizeFault } from '@latchkey/core'
