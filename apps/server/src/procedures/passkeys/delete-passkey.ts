import { operations } from '@latchkey/contract'
import { deletePasskey } from '@latchkey/core/operations/passkeys/delete-passkey'
import { implement } from '../../doors/trpc/implement.ts'

export const deletePasskeyProcedure = implement(operations.deletePasskey, ({ core, identity }, { id }) =>
  deletePasskey(core, { identity, passkeyId: id }),
)
