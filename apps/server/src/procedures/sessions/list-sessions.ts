import { operations } from '@latchkey/contract'
import { listSessions } from '@latchkey/core/operations/sessions/list-sessions'
import { implement } from '../../doors/trpc/implement.ts'

export const listSessionsProcedure = implement(operations.listSessions, async ({ core, identity }) => {
  const sessions = await listSessions(core, { identity })
  return { sessions }
})
