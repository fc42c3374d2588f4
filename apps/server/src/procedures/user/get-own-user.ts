import { operations } from '@latchkey/contract'
import { getOwnUser } from '@latchkey/core/operations/user/get-own-user'
import { implement } from '../../doors/trpc/implement.ts'

export const getOwnUserProcedure = implement(operations.getOwnUser, ({ core, identity }) =>
  getOwnUser(core, { identity }),
)
