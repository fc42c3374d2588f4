import { operations } from '@latchkey/contract'
import { logoutAll } from '@latchkey/core/operations/auth/logout-all'
import { implement } from '../../doors/trpc/implement.ts'

export const logoutAllProcedure = implement(operations.logoutAll, ({ core, identity }) =>
  logoutAll(core, { identity }),
)
