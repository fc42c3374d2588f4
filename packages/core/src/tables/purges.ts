import { EVENT_PURGE } from './audit-events/statements.ts'
import { CAPABILITY_PURGE } from './capabilities/statements.ts'
import { CEREMONY_PURGE } from './ceremonies/challenges.ts'
import { ATTEMPT_PURGE } from './code-attempts/statements.ts'
import { IMPORTED_SESSION_PURGE } from './imported-sessions/statements.ts'
import { KNOWN_NETWORK_PURGE } from './known-networks/statements.ts'
import { PENDING_REGISTRATION_PURGE } from './pending-registrations/statements.ts'
import { PROVIDER_ATTEMPT_PURGE } from './provider-attempts/statements.ts'
import type { Purge } from './purge.ts'
import { SESSION_PURGE } from './sessions/end.ts'
import { THROTTLE_COUNTER_PURGE } from './throttle-counters/statements.ts'
import { PENDING_SECRET_PURGE } from './totp-factors/statements.ts'

/**
 * Everything that expires, in the order of a round.
 *
 * `purged-tables.test.ts` holds that each table of the database is here, or is bounded in another way.
 */
export const PURGES: readonly Purge[] = [
  CEREMONY_PURGE,
  PROVIDER_ATTEMPT_PURGE,
  CAPABILITY_PURGE,
  PENDING_REGISTRATION_PURGE,
  THROTTLE_COUNTER_PURGE,
  PENDING_SECRET_PURGE,
  SESSION_PURGE,
  ATTEMPT_PURGE,
  KNOWN_NETWORK_PURGE,
  IMPORTED_SESSION_PURGE,
  EVENT_PURGE,
]
