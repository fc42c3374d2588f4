import { operations } from '@latchkey/contract'
import { signInWithProviderCode } from '@latchkey/core/operations/social/sign-in-with-provider-code'
import { implement } from '../../doors/trpc/implement.ts'

export const signInWithProviderCodeProcedure = implement(
  operations.signInWithProviderCode,
  ({ core }, input) => signInWithProviderCode(core, input),
)
