import { operations } from '@latchkey/contract'
import { logout } from '@latchkey/core/operations/auth/logout'
import { implement } from '../../doors/trpc/implement.ts'

export const logoutProcedure = implement(operations.logout, ({ core, identity }, { refresh }) =>
  logout(core, { identity, refresh }),
)
