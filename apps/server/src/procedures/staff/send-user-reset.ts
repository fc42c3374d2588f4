import { operations } from '@latchkey/contract'
import { sendUserReset } from '@latchkey/core/operations/staff/send-user-reset'
import { implement } from '../../doors/trpc/implement.ts'

export const sendUserResetProcedure = implement(operations.sendUserReset, ({ core, by }, { id, ...rest }) =>
  sendUserReset(core, { ...rest, by, userId: id }),
)
