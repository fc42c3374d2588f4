import { sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { DAY_SECONDS } from '../../words/time.ts'
import { KNOWN_NETWORK_SECONDS } from '../known-networks/statements.ts'
import { later, type Purge } from '../purge.ts'
import { codeAttempts } from './schema.ts'

/** So many wrong codes in a row close a scope until another factor is proven (NIST SP 800-63B-4 section 3.2.2). */
export const MOST_IN_A_ROW = 100

const KEPT_ATTEMPTS_SECONDS = 90 * DAY_SECONDS

/** Where an attempt comes from. Attempts from elsewhere so never lock the user out at home or in a session. */
export interface AttemptOrigin {
  userId: UserId
  /** The session of a step-up; null for a sign-in. */
  sessionId: SessionId | null
  /** The keyed hash of the network; null when it is not known. */
  network: string | null
  /** What is tried: the code of the app, or a short recovery code. Each has a count of its own. */
  of: 'app' | 'recovery'
}

/** How many codes may be tried in a window. */
export interface AttemptLimits {
  max: number
  windowSeconds: number
}

/** A counted attempt. */
export interface CodeAttempt {
  scope: string
  inWindow: number
  inARow: number
  /** The time of the database, by which the code is checked. */
  epochSeconds: number
}

/** The place where an attempt counts: its session, else a network where the user signed in, else anywhere. */
function placeOf(clock: Clock, { userId, sessionId, network, of }: AttemptOrigin) {
  return sql`
    select case
      when ${sessionId}::text is not null then 'session ' || ${sessionId}::text
      when exists (
        select from known_networks where user_id = ${userId} and network = ${network}::text
          and seen_at > ${clock.after(-KNOWN_NETWORK_SECONDS)}
      ) then 'network ' || ${network}::text
      else 'anywhere' end || ${of === 'app' ? '' : ' recovery'} as scope`
}

/**
 * Counts an attempt before its code is looked at. This one statement decides which of several attempts are looked at.
 *
 * @returns null when the place is locked
 */
export async function countAttempt(
  db: Database,
  clock: Clock,
  attempt: AttemptOrigin & AttemptLimits,
): Promise<CodeAttempt | null> {
  const ended = sql`a.window_started_at <= ${clock.after(-attempt.windowSeconds)}`
  const [row] = await db.execute<{
    scope: string
    in_window: number
    in_a_row: number
    epoch: number
  }>(sql`
    with place as (${placeOf(clock, attempt)})
    insert into code_attempts as a (user_id, scope, window_started_at, in_window, in_a_row)
    select ${attempt.userId}::uuid, scope, ${clock.now()}, 1, 1 from place
    on conflict (user_id, scope) do update set in_a_row = a.in_a_row + 1,
      in_window = case when ${ended} then 1 else a.in_window + 1 end,
      window_started_at = case when ${ended} then ${clock.now()} else a.window_started_at end
    where a.in_a_row < ${MOST_IN_A_ROW} and (${ended} or a.in_window < ${attempt.max})
    returning scope, in_window, in_a_row, extract(epoch from ${clock.now()})::float8 as epoch`)
  if (!row) return null
  return { scope: row.scope, inWindow: row.in_window, inARow: row.in_a_row, epochSeconds: row.epoch }
}

/** Why a place is locked. */
export interface CodeLock {
  /** Whether the lock lasts until another factor is proven. */
  isLasting: boolean
  /** The whole seconds until the window ends, 1 at least. */
  retryAfterSeconds: number
}

/** Describes the lock of a place after {@link countAttempt} found one. */
export async function findCodeLock(
  db: Database,
  clock: Clock,
  attempt: AttemptOrigin & AttemptLimits,
): Promise<CodeLock> {
  const [row] = await db.execute<{ in_a_row: number; seconds: number }>(sql`
    with place as (${placeOf(clock, attempt)})
    select in_a_row,
      ceil(extract(epoch from window_started_at - ${clock.after(-attempt.windowSeconds)}))::int as seconds
    from code_attempts natural join place where user_id = ${attempt.userId}`)
  return {
    isLasting: (row?.in_a_row ?? 0) >= MOST_IN_A_ROW,
    retryAfterSeconds: Math.max(1, row?.seconds ?? 1),
  }
}

/** Takes back an attempt whose code could not be looked at. */
export async function giveAttemptBack(
  db: Database,
  attempt: { userId: UserId; scope: string },
): Promise<void> {
  await db.execute(sql`
    update code_attempts set in_window = greatest(in_window - 1, 0), in_a_row = greatest(in_a_row - 1, 0)
    where user_id = ${attempt.userId} and scope = ${attempt.scope}`)
}

/**
 * Notes that a user proved a factor: no wrong code is in a row any more, and the attempt of this proof counts nowhere.
 *
 * No window is cleared, so a proof of the user gives no guesses to anybody else.
 *
 * @param scope - that of the attempt; null for a proof without one
 */
export async function settleAttempts(tx: Database, userId: UserId, scope: string | null): Promise<void> {
  await tx.execute(sql`
    update code_attempts
    set in_a_row = 0, in_window = greatest(in_window - (case when scope = ${scope}::text then 1 else 0 end), 0)
    where user_id = ${userId}`)
}

/** Attempts of a session go when it has ended, all others 90 days after they began. A lasting lock stands so long. */
export const ATTEMPT_PURGE: Purge = {
  table: codeAttempts,
  key: [codeAttempts.userId, codeAttempts.scope],
  dueAt: () => sql`case when ${codeAttempts.scope} like 'session %' and not exists (
      select from sessions s where s.user_id = ${codeAttempts.userId} and s.id::text = split_part(${codeAttempts.scope}, ' ', 2)
    ) then ${codeAttempts.windowStartedAt} else ${later(codeAttempts.windowStartedAt, KEPT_ATTEMPTS_SECONDS)} end`,
}
