import { operations } from '@latchkey/contract'
import { setUpTotp } from '@latchkey/core/operations/mfa/set-up-totp'
import { implement } from '../../doors/trpc/implement.ts'

export const setUpTotpProcedure = implement(operations.setUpTotp, ({ core, by }, { replace }) =>
  setUpTotp(core, { by, replace }),
)
