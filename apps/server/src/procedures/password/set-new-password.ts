import { operations } from '@latchkey/contract'
import { requireResetTarget, setNewPassword } from '@latchkey/core/operations/password/set-new-password'
import { implement } from '../../doors/trpc/implement.ts'

export const setNewPasswordProcedure = implement(
  operations.setNewPassword,
  ({ core, opened, keepsTokens }, { token, link, ...passwords }) =>
    setNewPassword(core, { proof: { opened, token, link }, ...passwords, signIn: keepsTokens }),
  {
    /** Who has no link is refused for that, whatever its fields are. */
    findFaults: async ({ core, opened }, wellFormed) => {
      const { token, link } = wellFormed
      if ('token' in wellFormed) await requireResetTarget(core, { opened, token, link })
      return {}
    },
  },
)
