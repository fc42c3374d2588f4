import { operations } from '@latchkey/contract'
import { setUserRole } from '@latchkey/core/operations/staff/set-user-role'
import { implement } from '../../doors/trpc/implement.ts'

export const setUserRoleProcedure = implement(operations.setUserRole, ({ core, by }, { id, role }) =>
  setUserRole(core, { by, userId: id, role }),
)
