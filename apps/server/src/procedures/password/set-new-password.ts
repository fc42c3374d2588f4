import { operations } from '@latchkey/contract'
import { requireResetTarget, setNewPassword } from '@latchkey/core/operations/password/set-new-password'
import { implement } from '../../doors/trpc/implement.ts'

export const setNewPasswordProcedure = implement(
  operations.setNewPassword,
  ({ core, opened, keepsTokens }, { token, ...passwords }) =>
    setNewPassword(core, { proof: { opened, token }, ...passwords, signIn: keepsTokens }),
  {
    /** Who has no link is refused for that, whatever its fields are. */
    findFaults: async ({ core, opened }, wellFormed) => {
      if ('token' in wellFormed) await requireResetTarget(core, { opened, token: wellFormed.token })
      return {}
    },
  },
)
