import { operations } from '@latchkey/contract'
import { confirmEmailChange } from '@latchkey/core/operations/email/confirm-email-change'
import { implement } from '../../doors/trpc/implement.ts'

export const confirmEmailChangeProcedure = implement(operations.confirmEmailChange, ({ core }, input) =>
  confirmEmailChange(core, input),
)
