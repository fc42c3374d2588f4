import { operations } from '@latchkey/contract'
import { deactivateSecondFactor } from '@latchkey/core/operations/mfa/deactivate-second-factor'
import { implement } from '../../doors/trpc/implement.ts'

export const deactivateSecondFactorProcedure = implement(
  operations.deactivateSecondFactor,
  async ({ core, identity }, { password }) => {
    await deactivateSecondFactor(core, { identity, password })
    return { success: true as const }
  },
)
