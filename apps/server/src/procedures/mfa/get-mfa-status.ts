import { operations } from '@latchkey/contract'
import { getMfaStatus } from '@latchkey/core/operations/mfa/get-mfa-status'
import { implement } from '../../doors/trpc/implement.ts'

export const getMfaStatusProcedure = implement(operations.getMfaStatus, ({ core, identity }) =>
  getMfaStatus(core, { identity }),
)
