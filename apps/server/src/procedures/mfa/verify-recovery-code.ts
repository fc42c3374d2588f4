import { operations } from '@latchkey/contract'
import { verifyRecoveryCode } from '@latchkey/core/operations/mfa/verify-recovery-code'
import { implement } from '../../doors/trpc/implement.ts'

export const verifyRecoveryCodeProcedure = implement(operations.verifyRecoveryCode, ({ core }, input) =>
  verifyRecoveryCode(core, input),
)
