import { operations } from '@latchkey/contract'
import { deleteOwnUser } from '@latchkey/core/operations/user/delete-own-user'
import { implement } from '../../doors/trpc/implement.ts'

export const deleteOwnUserProcedure = implement(
  operations.deleteOwnUser,
  ({ core, identity }, { password }) => deleteOwnUser(core, { identity, password }),
)
