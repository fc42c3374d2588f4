import { operations } from '@latchkey/contract'
import { listPasskeys } from '@latchkey/core/operations/passkeys/list-passkeys'
import { implement } from '../../doors/trpc/implement.ts'

export const listPasskeysProcedure = implement(operations.listPasskeys, ({ core, identity }) =>
  listPasskeys(core, { identity }),
)
