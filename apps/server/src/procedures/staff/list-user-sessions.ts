import { operations } from '@latchkey/contract'
import { listUserSessions } from '@latchkey/core/operations/staff/list-user-sessions'
import { implement } from '../../doors/trpc/implement.ts'

export const listUserSessionsProcedure = implement(
  operations.listUserSessions,
  async ({ core, by }, { id }) => {
    const sessions = await listUserSessions(core, { by, userId: id })
    return { sessions }
  },
)
