import { operations } from '@latchkey/contract'
import { findSignUpFaults, register } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const registerProcedure = implement(
  operations.register,
  ({ core }, { firstName = '', lastName = '', ...rest }) => register(core, { ...rest, firstName, lastName }),
  { findFaults: ({ core }, wellFormed) => findSignUpFaults(core, wellFormed) },
)
