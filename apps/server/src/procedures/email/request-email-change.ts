import { operations } from '@latchkey/contract'
import {
  findEmailChangeFaults,
  requestEmailChange,
} from '@latchkey/core/operations/email/request-email-change'
import { implement } from '../../doors/trpc/implement.ts'

export const requestEmailChangeProcedure = implement(
  operations.requestEmailChange,
  ({ core, identity }, input) => requestEmailChange(core, { ...input, identity }),
  {
    findFaults: ({ core, identity }, { password }) => findEmailChangeFaults(core, { identity, password }),
  },
)
