import { operations } from '@latchkey/contract'
import { updateOwnUser } from '@latchkey/core/operations/user/update-own-user'
import { implement } from '../../doors/trpc/implement.ts'

export const updateOwnUserProcedure = implement(
  operations.updateOwnUser,
  ({ core, identity }, { email: _, ...change }) => updateOwnUser(core, { ...change, identity }),
)
