import { operations } from '@latchkey/contract'
import { activateTotp } from '@latchkey/core/operations/mfa/activate-totp'
import { implement } from '../../doors/trpc/implement.ts'

export const activateTotpProcedure = implement(operations.activateTotp, async ({ core, by }, { code }) => {
  const { recoveryCodes, tokens } = await activateTotp(core, { by, code })
  return { success: true as const, recoveryCodes: recoveryCodes ?? undefined, tokens }
})
