import { operations } from '@latchkey/contract'
import { revokeSession } from '@latchkey/core/operations/sessions/revoke-session'
import { implement } from '../../doors/trpc/implement.ts'

export const revokeSessionProcedure = implement(operations.revokeSession, ({ core, identity }, { id }) =>
  revokeSession(core, { identity, sessionId: id }),
)
