import { operations } from '@latchkey/contract'
import { verifyTotp } from '@latchkey/core/operations/mfa/verify-totp'
import { implement } from '../../doors/trpc/implement.ts'

export const verifyTotpProcedure = implement(operations.verifyTotp, ({ core }, input) =>
  verifyTotp(core, input),
)
