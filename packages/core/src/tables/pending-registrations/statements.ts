import { and, desc, eq, gt, lte, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { newId, type RegistrationId } from '../../words/ids.ts'
import { pendingRegistrations } from './schema.ts'

/** A stored sign-up. */
export type PendingRegistration = typeof pendingRegistrations.$inferSelect

/** A sign-up about to be stored. */
export interface NewPendingRegistration {
  id: RegistrationId
  email: string
  passwordHash: string
  firstName: string
  lastName: string
  /** 0 stores one that has already expired: the work of a sign-up, and nothing to confirm. */
  lifetimeSeconds: number
}

/** Stores a sign-up beside whatever others there are for its address. */
export async function insertPendingRegistration(
  db: Database,
  clock: Clock,
  registration: NewPendingRegistration,
): Promise<void> {
  const { lifetimeSeconds, ...values } = registration
  await db
    .insert(pendingRegistrations)
    .values({ ...values, createdAt: sql`${clock.now()}`, expiresAt: sql`${clock.after(lifetimeSeconds)}` })
}

/** The newest sign-up of an address that can still be confirmed, or null. */
export async function findNewestPending(
  db: Database,
  clock: Clock,
  email: string,
): Promise<PendingRegistration | null> {
  const [row] = await db
    .select()
    .from(pendingRegistrations)
    .where(and(eq(pendingRegistrations.email, email), gt(pendingRegistrations.expiresAt, clock.now())))
    .orderBy(desc(pendingRegistrations.createdAt), desc(pendingRegistrations.id))
    .limit(1)
  return row ?? null
}

/** A sign-up, or null. */
export async function findPending(db: Database, id: RegistrationId): Promise<PendingRegistration | null> {
  const [row] = await db.select().from(pendingRegistrations).where(eq(pendingRegistrations.id, id))
  return row ?? null
}

/** Lets a sign-up live as long as the link just mailed for it; a null `id` extends none, at the same cost. */
export async function extendPending(
  db: Database,
  clock: Clock,
  input: { id: RegistrationId | null; lifetimeSeconds: number },
): Promise<void> {
  await db
    .update(pendingRegistrations)
    .set({ expiresAt: sql`${clock.after(input.lifetimeSeconds)}` })
    .where(eq(pendingRegistrations.id, input.id ?? newId<RegistrationId>()))
}

/** Kills every sign-up of an address with its links: the address has its user now. */
export async function deletePendingOfEmail(tx: Database, email: string): Promise<void> {
  await tx.delete(pendingRegistrations).where(eq(pendingRegistrations.email, email))
}

/** Removes sign-ups that expired before a moment. */
export async function purgeExpiredRegistrations(db: Database, before: SQL): Promise<void> {
  await db.delete(pendingRegistrations).where(lte(pendingRegistrations.expiresAt, before))
}
