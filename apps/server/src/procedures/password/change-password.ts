import { operations } from '@latchkey/contract'
import { changePassword, findPasswordChangeFaults } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const changePasswordProcedure = implement(
  operations.changePassword,
  ({ core, identity }, input) => changePassword(core, { identity, ...input }),
  {
    findFaults: ({ core, identity }, wellFormed) =>
      findPasswordChangeFaults(core, { identity, ...wellFormed }),
  },
)
