import type { Identity } from './identity.ts'

/** Who acts on another user: a signed-in member of staff, or the operator at the command line. */
export type Actor = { kind: 'staff'; identity: Identity } | { kind: 'operator' }

/** The operator at the command line. No role limits the operator; the rule of the last active superuser does. */
export const OPERATOR: Actor = { kind: 'operator' }
