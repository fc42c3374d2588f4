import { operations } from '@latchkey/contract'
import { deleteUser } from '@latchkey/core/operations/staff/delete-user'
import { implement } from '../../doors/trpc/implement.ts'

export const deleteUserProcedure = implement(operations.deleteUser, ({ core, by }, { id }) =>
  deleteUser(core, { by, userId: id }),
)
