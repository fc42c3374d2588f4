import { operations } from '@latchkey/contract'
import { resendVerification } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const resendVerificationProcedure = implement(operations.resendVerification, ({ core }, input) =>
  resendVerification(core, input),
)
