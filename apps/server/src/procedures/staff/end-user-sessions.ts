import { operations } from '@latchkey/contract'
import { endUserSessions } from '@latchkey/core/operations/staff/end-user-sessions'
import { implement } from '../../doors/trpc/implement.ts'

export const endUserSessionsProcedure = implement(
  operations.endUserSessions,
  async ({ core, by }, { id }) => {
    await endUserSessions(core, { by, userId: id })
  },
)
