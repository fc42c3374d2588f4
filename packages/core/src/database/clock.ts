import { type SQL, sql } from 'drizzle-orm'

/**
 * Where operations get the time from.
 *
 * Everything stored or compared uses the database's clock, so that several servers agree; only the `iat` and
 * `exp` of a token use the process's. A test shifts both together.
 */
export interface Clock {
  /** The database's time at the start of the statement, as an SQL expression. */
  now(): SQL
  /** The database's time so many seconds from now, as an SQL expression. */
  after(seconds: number): SQL
  /** So many seconds from now, as the value of a {@link timeAfter} or a {@link timeOfWriting}. */
  secondsAfter(seconds: number): number
  /** The process's time in whole seconds since the epoch. It goes back and leaps when the clock is set. */
  epochSeconds(): number
  /** Seconds since some moment. Only for ages and pauses: setting the clock of the machine does not move it. */
  steadySeconds(): number
}

/** Makes a process's clock; `shift` is added to both times and read at each use, so a test can step it. */
export function createClock(shift: { seconds: number } = { seconds: 0 }): Clock {
  const secondsAfter = (seconds: number) => seconds + shift.seconds
  function after(seconds: number): SQL {
    const offset = secondsAfter(seconds)
    if (offset === 0) return sql`statement_timestamp()`
    return sql`(statement_timestamp() + make_interval(secs => ${offset}::double precision))`
  }
  return {
    now: () => after(0),
    after,
    secondsAfter,
    epochSeconds: () => Math.floor(Date.now() / 1000) + shift.seconds,
    steadySeconds: () => performance.now() / 1000 + shift.seconds,
  }
}

/** The database's time in a statement built once and run with other values, by {@link Clock.secondsAfter}. */
export function timeAfter(placeholder: string): SQL {
  return sql`(statement_timestamp() + make_interval(secs => ${sql.placeholder(placeholder)}::double precision))`
}

/**
 * The database's time when the row is written, like {@link timeAfter}. A grace that the row starts is counted from it.
 *
 * The time of the statement is earlier, by as long as the statement waited for the row. PostgreSQL computes the new row
 * before it waits, so the statement must lock the row in a part of its own that comes first.
 */
export function timeOfWriting(placeholder: string): SQL {
  return sql`(clock_timestamp() + make_interval(secs => ${sql.placeholder(placeholder)}::double precision))`
}
