import { operations } from '@latchkey/contract'
import { resendVerification } from '@latchkey/core/operations/registration/resend-verification'
import { implement } from '../../doors/trpc/implement.ts'

export const resendVerificationProcedure = implement(operations.resendVerification, ({ core }, input) =>
  resendVerification(core, input),
)
