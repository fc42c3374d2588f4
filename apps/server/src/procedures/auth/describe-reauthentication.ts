import { operations } from '@latchkey/contract'
import { describeReauthentication } from '@latchkey/core/operations/auth/describe-reauthentication'
import { implement } from '../../doors/trpc/implement.ts'

export const describeReauthenticationProcedure = implement(
  operations.describeReauthentication,
  async ({ core, identity }) => ({ options: await describeReauthentication(core, { identity }) }),
)
