import { operations } from '@latchkey/contract'
import { renamePasskey } from '@latchkey/core/operations/passkeys/rename-passkey'
import { implement } from '../../doors/trpc/implement.ts'

export const renamePasskeyProcedure = implement(
  operations.renamePasskey,
  ({ core, identity }, { id, name }) => renamePasskey(core, { identity, passkeyId: id, name }),
)
