import { operations } from '@latchkey/contract'
import { enableSecondFactor } from '@latchkey/core/operations/mfa/enable-second-factor'
import { implement } from '../../doors/trpc/implement.ts'

export const enableSecondFactorProcedure = implement(
  operations.enableSecondFactor,
  async ({ core, identity }) => {
    const recoveryCodes = await enableSecondFactor(core, { identity })
    return { success: true as const, recoveryCodes: recoveryCodes ?? undefined }
  },
)
