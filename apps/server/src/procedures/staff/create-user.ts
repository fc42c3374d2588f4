import { operations } from '@latchkey/contract'
import { createUser, findCreateUserFaults } from '@latchkey/core/operations/staff/create-user'
import { implement } from '../../doors/trpc/implement.ts'

export const createUserProcedure = implement(
  operations.createUser,
  ({ core, by }, { role = 0, firstName = '', lastName = '', ...rest }) =>
    createUser(core, { ...rest, by, role, firstName, lastName }),
  { findFaults: ({ core }, wellFormed) => findCreateUserFaults(core, wellFormed) },
)
