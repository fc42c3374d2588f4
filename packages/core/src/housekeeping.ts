import type { Logger } from 'pino'
import { purgeEvents } from './audit/store.ts'
import { purgeExpiredCapabilities } from './capabilities/store.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import { describeFault } from './describe-fault.ts'
import { purgeExpiredRegistrations } from './registration/store.ts'
import { purgeExpiredSessions } from './sessions/store/end.ts'
import {
  KNOWN_NETWORK_SECONDS,
  purgeKnownNetworks,
  purgeThrottleCounters,
} from './throttle/known-networks.ts'
import { DAY_SECONDS, HOUR_SECONDS } from './time.ts'

/** What expired is kept a little, so that its owner is told that it expired rather than that it is unknown. */
const KEPT_SECONDS = 2 * DAY_SECONDS

/** What is purged, and when. */
export interface PurgeOptions {
  db: Database
  clock: Clock
  auditRetentionSeconds: number
}

/** Removes what has expired now and then, until what it returns is called; several processes may do so. */
export function startHousekeeping(options: PurgeOptions & { log: Logger }): () => void {
  const timer = setInterval(() => {
    purge(options).catch((error: unknown) =>
      options.log.error({ fault: describeFault(error) }, 'what expired could not be purged'),
    )
  }, HOUR_SECONDS * 1000)
  return () => clearInterval(timer)
}

/** Removes sessions, links and sign-ups that expired some days ago, and events that were kept long enough. */
export async function purge({ db, clock, auditRetentionSeconds }: PurgeOptions): Promise<void> {
  const before = clock.after(-KEPT_SECONDS)
  await purgeExpiredSessions(db, before)
  await purgeExpiredCapabilities(db, before)
  await purgeExpiredRegistrations(db, before)
  await purgeEvents(db, clock.after(-auditRetentionSeconds))
  await purgeKnownNetworks(db, clock.after(-KNOWN_NETWORK_SECONDS))
  await purgeThrottleCounters(db)
}
