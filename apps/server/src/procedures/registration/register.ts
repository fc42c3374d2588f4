import { operations } from '@latchkey/contract'
import { findSignUpFaults } from '@latchkey/core/operations/registration/find-sign-up-faults'
import { register } from '@latchkey/core/operations/registration/register'
import { implement } from '../../doors/trpc/implement.ts'

export const registerProcedure = implement(
  operations.register,
  ({ core }, { firstName = '', lastName = '', ...rest }) => register(core, { ...rest, firstName, lastName }),
  { findFaults: ({ core }, wellFormed) => findSignUpFaults(core, wellFormed) },
)
