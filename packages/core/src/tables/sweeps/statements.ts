import { eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { sweeps } from './schema.ts'

/** The key of a row in the order of a sweep, one text for each column. */
export type Position = string[]

/** A sweep that goes on. */
export interface SweepUnderWay {
  /** The last examined key; null at the beginning. */
  position: Position | null
}

/**
 * Begins a sweep or goes on with the one under way.
 *
 * @param turn.restSeconds - the longest rest of the sweep
 * @param turn.isForced - whether it goes on before that time
 * @returns null when the sweep rests
 */
export async function openSweep(
  db: Database,
  clock: Clock,
  turn: { name: string; restSeconds: number; isForced: boolean },
): Promise<SweepUnderWay | null> {
  const { name, restSeconds, isForced } = turn
  const hasTurn = or(
    isNull(sweeps.nextAt),
    lte(sweeps.nextAt, clock.now()),
    // A clock that was put back must not stop the sweep.
    gt(sweeps.nextAt, clock.after(restSeconds)),
  )
  const [row] = await db
    .insert(sweeps)
    .values({ name, beganAt: sql`${clock.now()}` })
    .onConflictDoUpdate({
      target: sweeps.name,
      set: { beganAt: sql`coalesce(${sweeps.beganAt}, ${clock.now()})`, nextAt: null },
      setWhere: isForced ? undefined : hasTurn,
    })
    .returning({ position: sweeps.position })
  return row ?? null
}

/** What a batch came to. */
export interface SweptBatch {
  name: string
  /** The key of the last examined row. */
  position: Position | null
  purged: number
  /** Whether the sweep has come to its end. */
  isComplete: boolean
}

/** Notes a batch, in the transaction of the batch. */
export async function noteBatch(
  tx: Database,
  { name, position, purged, isComplete }: SweptBatch,
): Promise<void> {
  const end = { sweptAt: sql`${sweeps.beganAt}`, beganAt: null, position: null }
  await tx
    .update(sweeps)
    .set({ purged: sql`${sweeps.purged} + ${purged}`, ...(isComplete ? end : { position }) })
    .where(eq(sweeps.name, name))
}

/** Lets a sweep rest. A sweep that failed does not rest. */
export async function restSweep(
  db: Database,
  clock: Clock,
  turn: { name: string; restSeconds: number },
): Promise<void> {
  await db
    .update(sweeps)
    .set({ nextAt: sql`${clock.after(turn.restSeconds)}` })
    .where(eq(sweeps.name, turn.name))
}

/** How a sweep stands. */
export interface SweepState {
  /** Seconds since the last complete sweep began; null before the first one was complete. */
  sweptSecondsAgo: number | null
  /** Seconds since the sweep under way began; null when none is. */
  beganSecondsAgo: number | null
  purged: number
  /** Where the sweep under way goes on; null at the beginning. */
  position: Position | null
}

/** Reads how every sweep stands, by its name. */
export async function readSweeps(db: Database, clock: Clock): Promise<Map<string, SweepState>> {
  const secondsSince = (time: typeof sweeps.sweptAt | typeof sweeps.beganAt) =>
    sql<number | null>`extract(epoch from ${clock.now()} - ${time})::float8`
  const rows = await db
    .select({
      name: sweeps.name,
      purged: sweeps.purged,
      position: sweeps.position,
      sweptSecondsAgo: secondsSince(sweeps.sweptAt),
      beganSecondsAgo: secondsSince(sweeps.beganAt),
    })
    .from(sweeps)
  return new Map(rows.map(({ name, ...state }) => [name, state]))
}
