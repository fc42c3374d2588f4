import { operations } from '@latchkey/contract'
import { connectSocialAccount } from '@latchkey/core/operations/social/connect-social-account'
import { implement } from '../../doors/trpc/implement.ts'

export const connectSocialAccountProcedure = implement(
  operations.connectSocialAccount,
  ({ core, identity }, input) => connectSocialAccount(core, { identity, ...input }),
)
