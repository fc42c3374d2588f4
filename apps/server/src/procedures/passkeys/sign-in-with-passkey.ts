import { operations } from '@latchkey/contract'
import { signInWithPasskey } from '@latchkey/core/operations/passkeys/sign-in-with-passkey'
import { implement } from '../../doors/trpc/implement.ts'

export const signInWithPasskeyProcedure = implement(
  operations.signInWithPasskey,
  ({ core }, { credential }) => signInWithPasskey(core, { credential }),
)
