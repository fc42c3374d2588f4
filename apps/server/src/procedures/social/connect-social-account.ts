import { operations } from '@latchkey/contract'
import { connectSocialAccount } from '@latchkey/core/operations/social/connect-social-account'
import { implement } from '../../doors/trpc/implement.ts'

export const connectSocialAccountProcedure = implement(
  operations.connectSocialAccount,
  async ({ core, identity }, input) => {
    const { createdAt: dateJoined, ...connection } = await connectSocialAccount(core, { identity, ...input })
    return { ...connection, dateJoined }
  },
)
