import { operations } from '@latchkey/contract'
import { updateOwnUser } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const updateOwnUserProcedure = implement(
  operations.updateOwnUser,
  ({ core, identity }, { firstName, lastName }) => updateOwnUser(core, { identity, firstName, lastName }),
)
