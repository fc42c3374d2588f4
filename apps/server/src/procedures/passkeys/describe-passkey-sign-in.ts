import { operations } from '@latchkey/contract'
import { describePasskeySignIn } from '@latchkey/core/operations/passkeys/describe-passkey-sign-in'
import { implement } from '../../doors/trpc/implement.ts'

export const describePasskeySignInProcedure = implement(
  operations.describePasskeySignIn,
  async ({ core }) => ({ options: await describePasskeySignIn(core) }),
)
