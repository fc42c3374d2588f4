import { operations } from '@latchkey/contract'
import { endUserSession } from '@latchkey/core/operations/staff/end-user-session'
import { implement } from '../../doors/trpc/implement.ts'

export const endUserSessionProcedure = implement(
  operations.endUserSession,
  ({ core, by }, { id, sessionId }) => endUserSession(core, { by, userId: id, sessionId }),
)
