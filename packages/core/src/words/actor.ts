import type { Identity } from './user.ts'

/** Who acts on somebody else's user: a signed-in member of staff, or an operator at the command line. */
export type Actor = { kind: 'staff'; identity: Identity } | { kind: 'operator' }

/** The operator, who may run commands on the server's own machine; bound by no role but by the rule of the last superuser. */
export const OPERATOR: Actor = { kind: 'operator' }
