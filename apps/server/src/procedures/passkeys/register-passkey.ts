import { operations } from '@latchkey/contract'
import { registerPasskey } from '@latchkey/core/operations/passkeys/register-passkey'
import { implement } from '../../doors/trpc/implement.ts'

export const registerPasskeyProcedure = implement(
  operations.registerPasskey,
  async ({ core, by }, { credential, name }) => {
    const added = await registerPasskey(core, { by, credential, name })
    const { passkey, recoveryCodes, tokens } = added
    return { ...passkey, recoveryCodes: recoveryCodes ?? undefined, tokens }
  },
)
