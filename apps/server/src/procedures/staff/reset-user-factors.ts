import { operations } from '@latchkey/contract'
import { resetUserFactors } from '@latchkey/core/operations/staff/reset-user-factors'
import { implement } from '../../doors/trpc/implement.ts'

export const resetUserFactorsProcedure = implement(
  operations.resetUserFactors,
  async ({ core, by }, { id }) => {
    await resetUserFactors(core, { by, userId: id })
  },
)
