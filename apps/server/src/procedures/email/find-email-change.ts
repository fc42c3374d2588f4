import { operations } from '@latchkey/contract'
import { findEmailChange } from '@latchkey/core/operations/email/find-email-change'
import { implement } from '../../doors/trpc/implement.ts'

export const findEmailChangeProcedure = implement(operations.findEmailChange, async ({ core, identity }) => ({
  pending: await findEmailChange(core, { identity }),
}))
