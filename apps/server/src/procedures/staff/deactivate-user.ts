import { operations } from '@latchkey/contract'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { implement } from '../../doors/trpc/implement.ts'

export const deactivateUserProcedure = implement(operations.deactivateUser, ({ core, by }, { id }) =>
  deactivateUser(core, { by, userId: id }),
)
