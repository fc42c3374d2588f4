import { operations } from '@latchkey/contract'
import { revokeSession } from '@latchkey/core'
import { implement } from '../../doors/trpc/implement.ts'

export const revokeSessionProcedure = implement(operations.revokeSession, ({ core, identity }, { id }) =>
  revokeSession(core, { identity, sessionId: id }),
)
