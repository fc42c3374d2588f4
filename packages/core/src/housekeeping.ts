import type { Logger } from 'pino'
import type { Clock } from './database/clock.ts'
import type { Database } from './database/connection.ts'
import { describeFault } from './database/describe-fault.ts'
import { clearFormerNotes } from './database/former-notes.ts'
import { readMigrations } from './database/migrations.ts'
import { purgeEvents } from './tables/audit-events/statements.ts'
import { purgeExpiredCapabilities } from './tables/capabilities/statements.ts'
import { KNOWN_NETWORK_SECONDS, purgeKnownNetworks } from './tables/known-networks/statements.ts'
import { purgeExpiredRegistrations } from './tables/pending-registrations/statements.ts'
import { purgeExpiredSessions } from './tables/sessions/end.ts'
import { purgeThrottleCounters } from './tables/throttle-counters/statements.ts'
import { DAY_SECONDS, HOUR_SECONDS } from './words/time.ts'

/** An expired row stays this long, so that the answer can be "expired" and not "unknown". */
const KEPT_SECONDS = 2 * DAY_SECONDS

/** What {@link purge} needs. */
export interface PurgeOptions {
  db: Database
  clock: Clock
  auditRetentionSeconds: number
}

/** Runs {@link purge} once an hour until the returned function is called; several processes may do so at once. */
export function startHousekeeping(options: PurgeOptions & { log: Logger }): () => void {
  const timer = setInterval(() => {
    purge(options).catch((error: unknown) =>
      options.log.error({ fault: describeFault(error) }, 'what expired could not be purged'),
    )
  }, HOUR_SECONDS * 1000)
  return () => clearInterval(timer)
}

/** Deletes sessions, links and sign-ups two days after their expiry, and outdated events, networks and counters. */
export async function purge({ db, clock, auditRetentionSeconds }: PurgeOptions): Promise<void> {
  const before = clock.after(-KEPT_SECONDS)
  await purgeExpiredSessions(db, before)
  await purgeExpiredCapabilities(db, before)
  await purgeExpiredRegistrations(db, before)
  await purgeEvents(db, clock.after(-auditRetentionSeconds))
  await purgeKnownNetworks(db, clock.after(-KNOWN_NETWORK_SECONDS))
  await purgeThrottleCounters(db)
  await clearFormerNotes(db, readMigrations())
}
