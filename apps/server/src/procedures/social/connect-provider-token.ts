import { operations } from '@latchkey/contract'
import { connectProviderToken } from '@latchkey/core/operations/social/connect-provider-token'
import { implement } from '../../doors/trpc/implement.ts'

export const connectProviderTokenProcedure = implement(
  operations.connectProviderToken,
  async ({ core, identity }, input) => {
    const { createdAt: dateJoined, ...connection } = await connectProviderToken(core, { identity, ...input })
    return { ...connection, dateJoined }
  },
)
