import { operations } from '@latchkey/contract'
import { verifyPasskey } from '@latchkey/core/operations/mfa/verify-passkey'
import { implement } from '../../doors/trpc/implement.ts'

export const verifyPasskeyProcedure = implement(operations.verifyPasskey, ({ core }, input) =>
  verifyPasskey(core, input),
)
