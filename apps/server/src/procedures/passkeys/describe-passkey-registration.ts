import { operations } from '@latchkey/contract'
import { describePasskeyRegistration } from '@latchkey/core/operations/passkeys/describe-passkey-registration'
import { implement } from '../../doors/trpc/implement.ts'

export const describePasskeyRegistrationProcedure = implement(
  operations.describePasskeyRegistration,
  async ({ core, by }) => ({ options: await describePasskeyRegistration(core, { by }) }),
)
