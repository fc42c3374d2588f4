import { operations } from '@latchkey/contract'
import { cancelEmailChange } from '@latchkey/core/operations/email/cancel-email-change'
import { implement } from '../../doors/trpc/implement.ts'

export const cancelEmailChangeProcedure = implement(operations.cancelEmailChange, ({ core, identity }) =>
  cancelEmailChange(core, { identity }),
)
