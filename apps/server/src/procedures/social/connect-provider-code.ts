import { operations } from '@latchkey/contract'
import { connectProviderCode } from '@latchkey/core/operations/social/connect-provider-code'
import { implement } from '../../doors/trpc/implement.ts'

export const connectProviderCodeProcedure = implement(
  operations.connectProviderCode,
  async ({ core, identity }, input) => {
    const { createdAt: dateJoined, ...connection } = await connectProviderCode(core, { identity, ...input })
    return { ...connection, dateJoined }
  },
)
