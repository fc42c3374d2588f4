import type { Identity } from '../steps/authenticate.ts'

/** Who acts on an account that is not its own: a signed-in member of staff, or an operator at the command line. */
export type Actor = { kind: 'staff'; identity: Identity } | { kind: 'operator' }

/** Whoever may run commands on the server's own machine; bound by no role but by the rule of the last superuser. */
export const OPERATOR: Actor = { kind: 'operator' }
