import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { MINUTE_SECONDS } from '../words/time.ts'
import type { Database } from './connection.ts'

/**
 * A server further away from the database is not ready. Services that verify tokens usually forgive a minute. Machines
 * with NTP are apart by milliseconds, so a minute is a clock that nobody sets.
 */
export const DEFAULT_CLOCK_TOLERANCE_SECONDS = MINUTE_SECONDS
/** From here on clocks are apart, and the log has a warning. A loaded machine and the `Date` of HTTP account for less. */
export const CLOCK_WARNING_SECONDS = 5

type Level = 'agrees' | 'warns' | 'refuses'

/** What a statement has read of the clock of the database. */
export interface ClockReading {
  /** The time of the database, since the epoch. */
  seconds: number
  /** How long the statement was under way. The time was read at some moment of it. */
  roundTripSeconds: number
}

/** Compares the clock of the process, which tokens carry, with that of the database, which rows carry. */
export interface ClockWatch {
  /** Compares at the end of a statement, and logs each change. False when they are apart by more than the tolerance. */
  compare(reading: ClockReading): boolean
  /** How far the clock of the database was ahead of ours at the last comparison; null before the first one. */
  offsetSeconds(): number | null
}

/** @param options.toleranceSeconds - null for any distance */
export function watchClock(options: { toleranceSeconds: number | null; log: Logger }): ClockWatch {
  const { toleranceSeconds, log } = options
  let last: number | null = null
  let level: Level = 'agrees'

  function judge(distance: number): Level {
    if (toleranceSeconds !== null && distance > toleranceSeconds) return 'refuses'
    return distance > CLOCK_WARNING_SECONDS ? 'warns' : 'agrees'
  }

  function report(offset: number): void {
    const offsetSeconds = Math.round(offset * 10) / 10
    if (level === 'refuses') {
      log.error({ event: 'clocks_apart', offsetSeconds }, 'the clock is not that of the database: not ready')
    } else if (level === 'warns') {
      log.warn(
        { event: 'clocks_apart', offsetSeconds },
        'the clock is not that of the database; set it (NTP)',
      )
    } else {
      log.info({ event: 'clocks_agree', offsetSeconds }, 'the clock is that of the database again')
    }
  }

  return {
    offsetSeconds: () => last,
    compare({ seconds, roundTripSeconds }) {
      const doubtSeconds = roundTripSeconds / 2
      last = seconds - (Date.now() / 1000 - doubtSeconds)
      const former = level
      level = judge(Math.abs(last) - doubtSeconds)
      if (level !== former) report(last)
      return level !== 'refuses'
    },
  }
}

/** Reads the clock of the database. */
export async function readDatabaseClock(db: Database): Promise<ClockReading> {
  const askedAt = performance.now()
  const [row] = await db.execute<{ seconds: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 as seconds`,
  )
  if (!row) throw new Error('The database told no time.')
  return { seconds: row.seconds, roundTripSeconds: (performance.now() - askedAt) / 1000 }
}
