import { operations } from '@latchkey/contract'
import { openSocialSession } from '@latchkey/core/operations/social/open-social-session'
import { implement } from '../../doors/trpc/implement.ts'

export const openSocialSessionProcedure = implement(operations.openSocialSession, ({ core }, input) =>
  openSocialSession(core, input),
)
