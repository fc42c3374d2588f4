import { operations } from '@latchkey/contract'
import { reactivateUser } from '@latchkey/core/operations/staff/reactivate-user'
import { implement } from '../../doors/trpc/implement.ts'

export const reactivateUserProcedure = implement(operations.reactivateUser, ({ core, by }, { id }) =>
  reactivateUser(core, { by, userId: id }),
)
