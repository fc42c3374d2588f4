import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { RegistrationId } from '../../words/ids.ts'
import { pendingRegistrations } from './schema.ts'

/** A sign-up never stands longer than so many times its first life, however often it is extended. */
const MAX_LIVES = 2

/** The forms in which the rows of one address name it: the address, and its keyed hash. */
export type AddressForms = readonly string[]

/** The order in which rows are listed and locked. */
export const NEWEST_FIRST = [desc(pendingRegistrations.createdAt), desc(pendingRegistrations.id)]

/** The condition that a row stands for an address. */
export function stands(clock: Clock, forms: AddressForms) {
  return and(inArray(pendingRegistrations.email, [...forms]), gt(pendingRegistrations.expiresAt, clock.now()))
}

/** The stored password of a sign-up or shadow. */
export type StandingHash = Pick<typeof pendingRegistrations.$inferSelect, 'passwordHash' | 'passwordForm'>

/** Finds the password of the newest sign-up or shadow that stands for an address, or null. */
export async function findNewestHash(
  db: Database,
  clock: Clock,
  forms: AddressForms,
): Promise<StandingHash | null> {
  const { passwordHash, passwordForm } = pendingRegistrations
  const [row] = await db
    .select({ passwordHash, passwordForm })
    .from(pendingRegistrations)
    .where(stands(clock, forms))
    .orderBy(...NEWEST_FIRST)
    .limit(1)
  return row ?? null
}

/** Answers whether a sign-up or shadow that stands for an address has a password hash. */
export async function hasStandingHash(
  db: Database,
  clock: Clock,
  wanted: { forms: AddressForms; passwordHash: string },
): Promise<boolean> {
  const found = await db
    .select({ id: pendingRegistrations.id })
    .from(pendingRegistrations)
    .where(and(stands(clock, wanted.forms), eq(pendingRegistrations.passwordHash, wanted.passwordHash)))
    .limit(1)
  return found.length > 0
}

/**
 * Extends locked rows by the life of a new link. The whole life of a row is bounded, so that calls by anybody cannot
 * keep it for ever.
 *
 * @returns when each row expires, and in how many seconds
 */
export async function extendStanding(
  tx: Database,
  clock: Clock,
  extension: { ids: RegistrationId[]; lifetimeSeconds: number },
): Promise<Map<RegistrationId, { expiresAt: Date; remainingSeconds: number }>> {
  const { ids, lifetimeSeconds } = extension
  const { createdAt, expiresAt } = pendingRegistrations
  const latest = sql`${createdAt} + make_interval(secs => ${MAX_LIVES * lifetimeSeconds}::double precision)`
  const rows = await tx
    .update(pendingRegistrations)
    .set({ expiresAt: sql`greatest(${expiresAt}, least(${clock.after(lifetimeSeconds)}, ${latest}))` })
    .where(inArray(pendingRegistrations.id, ids))
    .returning({
      id: pendingRegistrations.id,
      expiresAt,
      remainingSeconds: sql<number>`floor(extract(epoch from ${expiresAt} - ${clock.now()}))::integer`,
    })
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}
