import { operations } from '@latchkey/contract'
import { replaceRecoveryCodes } from '@latchkey/core/operations/mfa/replace-recovery-codes'
import { implement } from '../../doors/trpc/implement.ts'

export const replaceRecoveryCodesProcedure = implement(
  operations.replaceRecoveryCodes,
  async ({ core, identity }) => ({
    recoveryCodes: await replaceRecoveryCodes(core, { identity }),
  }),
)
