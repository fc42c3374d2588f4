import { operations } from '@latchkey/contract'
import { changePassword } from '@latchkey/core/operations/password/change-password'
import { findPasswordChangeFaults } from '@latchkey/core/operations/password/check-password-change'
import { implement } from '../../doors/trpc/implement.ts'

export const changePasswordProcedure = implement(
  operations.changePassword,
  ({ core, identity }, input) => changePassword(core, { ...input, identity }),
  {
    findFaults: ({ core, identity }, wellFormed) =>
      findPasswordChangeFaults(core, { ...wellFormed, identity }),
  },
)
