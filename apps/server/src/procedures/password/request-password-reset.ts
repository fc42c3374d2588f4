import { operations } from '@latchkey/contract'
import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import { implement } from '../../doors/trpc/implement.ts'

export const requestPasswordResetProcedure = implement(operations.requestPasswordReset, ({ core }, input) =>
  requestPasswordReset(core, input),
)
