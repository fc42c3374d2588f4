import { operations } from '@latchkey/contract'
import { signInWithProviderToken } from '@latchkey/core/operations/social/sign-in-with-provider-token'
import { implement } from '../../doors/trpc/implement.ts'

export const signInWithProviderTokenProcedure = implement(
  operations.signInWithProviderToken,
  ({ core }, input) => signInWithProviderToken(core, input),
)
