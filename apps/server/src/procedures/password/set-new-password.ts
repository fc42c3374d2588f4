import { operations } from '@latchkey/contract'
import { setNewPassword } from '@latchkey/core/operations/password/set-new-password'
import { implement } from '../../doors/trpc/implement.ts'

export const setNewPasswordProcedure = implement(
  operations.setNewPassword,
  ({ core, opened, keepsTokens }, { token, ...passwords }) =>
    setNewPassword(core, { proof: { opened, token }, ...passwords, signIn: keepsTokens }),
)
