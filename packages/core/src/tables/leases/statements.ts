import { and, eq, gt, isNull, lte, not, or, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { leases } from './schema.ts'

/** A process that wants to do a work alone. */
export interface Lease {
  /** What is done. */
  name: string
  /** A UUID of this process. */
  holder: string
  /** The work is free for others when the holder gave no sign of life for so long. */
  seconds: number
}

/** So long may a statement wait. By its time, which is that of its beginning, a lease that began meanwhile is too long. */
const LONGEST_WAIT_SECONDS = 30

function isFree(clock: Clock, seconds: number) {
  return or(
    isNull(leases.holder),
    lte(leases.heldUntil, clock.now()),
    // A clock that was put back must not keep the work from everybody.
    gt(leases.heldUntil, clock.after(seconds + LONGEST_WAIT_SECONDS)),
  )
}

/**
 * Takes a work that is free. The second statement decides which of several processes gets it.
 *
 * It would wait for a part that is being done, so the first statement looks before whether the work is held.
 */
export async function takeLease(db: Database, clock: Clock, lease: Lease): Promise<boolean> {
  const { name, holder, seconds } = lease
  const held = await db
    .select({ name: leases.name })
    .from(leases)
    .where(and(eq(leases.name, name), not(isFree(clock, seconds) ?? sql`false`)))
  if (held.length > 0) return false
  const heldUntil = sql`${clock.after(seconds)}`
  const taken = await db
    .insert(leases)
    .values({ name, holder, heldUntil })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder, heldUntil },
      setWhere: isFree(clock, seconds),
    })
    .returning({ name: leases.name })
  return taken.length > 0
}

/**
 * Makes sure that a process still has its work, as the first statement of a transaction that does a part of it.
 *
 * The row stays locked until the transaction ends. So no other process takes the work while a part is done, and a process
 * that was frozen for long does no part of a work that another one has.
 */
export async function keepLease(
  tx: Database,
  clock: Clock,
  { name, holder, seconds }: Lease,
): Promise<boolean> {
  const kept = await tx
    .update(leases)
    .set({ heldUntil: sql`${clock.after(seconds)}` })
    .where(and(eq(leases.name, name), eq(leases.holder, holder)))
    .returning({ name: leases.name })
  return kept.length > 0
}

/** Frees a work for the next process. */
export async function endLease(db: Database, { name, holder }: Lease): Promise<void> {
  await db
    .update(leases)
    .set({ holder: null, heldUntil: null })
    .where(and(eq(leases.name, name), eq(leases.holder, holder)))
}
