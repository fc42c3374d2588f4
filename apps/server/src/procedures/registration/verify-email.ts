import { operations } from '@latchkey/contract'
import { verifyEmail } from '@latchkey/core/operations/registration/verify-email'
import { implement } from '../../doors/trpc/implement.ts'

export const verifyEmailProcedure = implement(operations.verifyEmail, ({ core }, input) =>
  verifyEmail(core, input),
)
