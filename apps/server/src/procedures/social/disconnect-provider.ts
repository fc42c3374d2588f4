import { operations } from '@latchkey/contract'
import { disconnectProvider } from '@latchkey/core/operations/social/disconnect-provider'
import { implement } from '../../doors/trpc/implement.ts'

export const disconnectProviderProcedure = implement(
  operations.disconnectProvider,
  ({ core, identity }, { id }) => disconnectProvider(core, { identity, connectionId: id }),
)
