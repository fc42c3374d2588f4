import type { Logger } from 'pino'
import { purgeExpiredCapabilities } from './capabilities/store.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import { purgeExpiredRegistrations } from './registration/store.ts'
import { purgeExpiredSessions } from './sessions/store.ts'
import { DAY_SECONDS, HOUR_SECONDS } from './time.ts'

/** What expired is kept a little, so that its owner is told that it expired rather than that it is unknown. */
const KEPT_SECONDS = 2 * DAY_SECONDS

/**
 * Removes what has expired, now and then; several processes may do so at once.
 *
 * @returns what stops it
 */
export function startHousekeeping(db: Database, clock: Clock, log: Logger): () => void {
  const timer = setInterval(() => {
    purge(db, clock).catch((error: unknown) => log.error({ err: error }, 'what expired could not be purged'))
  }, HOUR_SECONDS * 1000)
  return () => clearInterval(timer)
}

/** Removes sessions, links and sign-ups that expired some days ago. */
export async function purge(db: Database, clock: Clock): Promise<void> {
  const before = clock.after(-KEPT_SECONDS)
  await purgeExpiredSessions(db, before)
  await purgeExpiredCapabilities(db, before)
  await purgeExpiredRegistrations(db, before)
}
