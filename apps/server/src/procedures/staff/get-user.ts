import { operations } from '@latchkey/contract'
import { getUser } from '@latchkey/core/operations/staff/get-user'
import { implement } from '../../doors/trpc/implement.ts'

export const getUserProcedure = implement(operations.getUser, ({ core }, { id }) =>
  getUser(core, { userId: id }),
)
