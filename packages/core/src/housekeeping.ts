import type { Logger } from 'pino'
import { DEFAULT_CORE_CONFIG } from './context.ts'
import { respellLateAddresses } from './database/canonical-addresses.ts'
import type { Clock } from './database/clock.ts'
import type { Database } from './database/connection.ts'
import { describeFault } from './database/describe-fault.ts'
import { clearFormerNotes } from './database/former-notes.ts'
import { readMigrations } from './database/migrations.ts'
import { displaceSessions } from './steps/end-excess-sessions.ts'
import { insertEvent, type NewAuditEvent, purgeEvents } from './tables/audit-events/statements.ts'
import { purgeExpiredCapabilities } from './tables/capabilities/statements.ts'
import { purgeCeremonies } from './tables/ceremonies/challenges.ts'
import { purgeAttempts } from './tables/code-attempts/statements.ts'
import { KNOWN_NETWORK_SECONDS, purgeKnownNetworks } from './tables/known-networks/statements.ts'
import { purgeExpiredRegistrations } from './tables/pending-registrations/statements.ts'
import { purgeExpiredSessions } from './tables/sessions/end.ts'
import { listUsersWithMoreSessions } from './tables/sessions/find.ts'
import { purgeThrottleCounters } from './tables/throttle-counters/statements.ts'
import { purgePendingSecrets } from './tables/totp-factors/statements.ts'
import { type EventId, newId, type UserId } from './words/ids.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './words/time.ts'

/** An expired row stays this long, so that the answer can be "expired" and not "unknown". */
const KEPT_SECONDS = 2 * DAY_SECONDS
/** The attempts on codes are forgotten this long after they began. A lasting lock stands so long. */
const ATTEMPTS_KEPT_SECONDS = 90 * DAY_SECONDS
/** A server that is restarted more often than once an hour does its housekeeping too. */
const TICK_SECONDS = 5 * MINUTE_SECONDS
const TICKS_PER_RUN = HOUR_SECONDS / TICK_SECONDS

const UNKNOWN_CLIENT = { ip: null, browser: null, os: null, device: null }

/** What {@link purge} needs. */
export interface PurgeOptions {
  db: Database
  clock: Clock
  auditRetentionSeconds: number
  /** Default: 100. */
  sessionsPerAccount?: number
  /** Hears of the addresses that stay as they are. */
  log?: Pick<Logger, 'warn'>
}

/**
 * Runs {@link purge} after five minutes and then once an hour, until the returned function is called. Several processes
 * may do so at once.
 */
export function startHousekeeping(options: PurgeOptions & { log: Logger }): () => void {
  let ticks = 0
  const timer = setInterval(() => {
    if (ticks++ % TICKS_PER_RUN !== 0) return
    purge(options).catch((error: unknown) =>
      options.log.error({ fault: describeFault(error) }, 'what expired could not be purged'),
    )
  }, TICK_SECONDS * 1000)
  return () => clearInterval(timer)
}

/**
 * Deletes sessions and links two days after their expiry, sign-ups at their expiry, outdated events, networks and
 * counters, and the sessions of a user beyond the limit. Repairs the addresses that a former server stored during a
 * rolling update.
 */
export async function purge(options: PurgeOptions): Promise<void> {
  const { db, clock, auditRetentionSeconds, log } = options
  const { sessionsPerAccount: keep = DEFAULT_CORE_CONFIG.sessionsPerAccount } = options
  const before = clock.after(-KEPT_SECONDS)
  await purgeExpiredSessions(db, before)
  await purgeExpiredCapabilities(db, { before, now: clock.now() })
  await purgeExpiredRegistrations(db, clock.now())
  await purgeEvents(db, clock.after(-auditRetentionSeconds))
  await purgeKnownNetworks(db, clock.after(-KNOWN_NETWORK_SECONDS))
  await purgeThrottleCounters(db)
  await purgeCeremonies(db, clock.now())
  await purgePendingSecrets(db, before)
  await purgeAttempts(db, clock, ATTEMPTS_KEPT_SECONDS)
  await clearFormerNotes(db, readMigrations())
  await respellLateAddresses(db, (sentence) => log?.warn(sentence))
  for (const userId of await listUsersWithMoreSessions(db, keep)) {
    await displaceSessions(options, { userId, newest: null, keep }, (tx, sessions) =>
      insertEvent(tx, clock, composeDisplaced(userId, sessions)),
    )
  }
}

/** Composes the event of a user who had more sessions before the limit, or before a lower one. */
function composeDisplaced(userId: UserId, sessions: number): NewAuditEvent {
  const nobody = { actor: 'anyone', actorId: null, sessionId: null, ...UNKNOWN_CLIENT } as const
  return { id: newId<EventId>(), userId, kind: 'sessions_displaced', details: { sessions }, ...nobody }
}
