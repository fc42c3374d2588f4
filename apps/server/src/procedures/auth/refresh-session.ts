import { operations } from '@latchkey/contract'
import { refreshSession } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const refreshSessionProcedure = implement(operations.refreshSession, ({ core }, input) =>
  refreshSession(core, input),
)
