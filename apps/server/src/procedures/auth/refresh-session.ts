import { operations } from '@latchkey/contract'
import { refreshSession } from '@latchkey/core/operations/auth/refresh-session'
import { implement } from '../../doors/trpc/implement.ts'

export const refreshSessionProcedure = implement(operations.refreshSession, ({ core }, input) =>
  refreshSession(core, input),
)
