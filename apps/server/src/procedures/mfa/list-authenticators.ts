import { operations } from '@latchkey/contract'
import { listAuthenticators } from '@latchkey/core/operations/mfa/list-authenticators'
import { implement } from '../../doors/trpc/implement.ts'

export const listAuthenticatorsProcedure = implement(operations.listAuthenticators, ({ core, identity }) =>
  listAuthenticators(core, { identity }),
)
