import { and, desc, eq, gt, lte, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { newId, type RegistrationId } from '../../words/ids.ts'
import { pendingRegistrations } from './schema.ts'

/** A row of `pending_registrations`. */
export type PendingRegistration = typeof pendingRegistrations.$inferSelect

/** A pending sign-up to be stored. */
export interface NewPendingRegistration {
  id: RegistrationId
  email: string
  passwordHash: string
  firstName: string
  lastName: string
  /** 0 stores a decoy, which has expired already: it costs the work of a sign-up and cannot be confirmed. */
  lifetimeSeconds: number
}

/** Stores a pending sign-up beside the others of its address. */
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

/** Finds the newest pending sign-up of an address that has not expired, or null. */
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

/** Finds a pending sign-up, expired or not, or null. */
export async function findPending(db: Database, id: RegistrationId): Promise<PendingRegistration | null> {
  const [row] = await db.select().from(pendingRegistrations).where(eq(pendingRegistrations.id, id))
  return row ?? null
}

/** Moves the expiry of a pending sign-up to that of its new link; a null `id` does the same work and extends none. */
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

/** Deletes every pending sign-up of an address with its links, because a user has the address now. */
export async function deletePendingOfEmail(tx: Database, email: string): Promise<void> {
  await tx.delete(pendingRegistrations).where(eq(pendingRegistrations.email, email))
}

/** Deletes the pending sign-ups that expired before a time. */
export async function purgeExpiredRegistrations(db: Database, before: SQL): Promise<void> {
  await db.delete(pendingRegistrations).where(lte(pendingRegistrations.expiresAt, before))
}
