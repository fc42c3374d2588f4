import { BETTER_AUTH, BETTER_AUTH_JWT } from './better-auth.ts'
import { BOUND, WITHOUT_NONCE } from './bound.ts'
import { KEYED } from './keyed.ts'
import type { Protocol } from './person.ts'
import { REST } from './rest.ts'
import { TRPC } from './trpc.ts'

/** The protocols by the names that the process of the callers takes. */
export const PROTOCOLS = {
  rest: REST,
  'rest-keyed': KEYED,
  'rest-bound': BOUND,
  'rest-without-nonce': WITHOUT_NONCE,
  trpc: TRPC,
  'better-auth': BETTER_AUTH,
  'better-auth-jwt': BETTER_AUTH_JWT,
} satisfies Record<string, Protocol>

/** The name of a protocol. */
export type ProtocolName = keyof typeof PROTOCOLS
