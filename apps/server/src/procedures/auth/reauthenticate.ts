import { operations } from '@latchkey/contract'
import { reauthenticate } from '@latchkey/core/operations/auth/reauthenticate'
import { implement } from '../../doors/trpc/implement.ts'

export const reauthenticateProcedure = implement(operations.reauthenticate, ({ core, identity }, proofs) =>
  reauthenticate(core, { identity, ...proofs }),
)
