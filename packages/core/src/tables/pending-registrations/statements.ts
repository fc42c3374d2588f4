import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { capabilities } from '../capabilities/schema.ts'
import type { Purge } from '../purge.ts'
import { pendingRegistrations } from './schema.ts'

/** A row of `pending_registrations`. */
export type PendingRegistration = typeof pendingRegistrations.$inferSelect

/** A pending sign-up to be stored. */
export interface NewPendingRegistration
  extends Omit<PendingRegistration, 'createdAt' | 'expiresAt' | 'externalId' | 'passwordForm'> {
  lifetimeSeconds: number
}

/** Stores a pending sign-up, or a shadow, beside the others of its address. */
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

/** Finds the pending sign-up of an unused link, or null. A shadow has none. */
export async function findPendingOfLink(
  db: Database,
  clock: Clock,
  tokenHash: string,
): Promise<PendingRegistration | null> {
  const [row] = await db
    .select({ pending: pendingRegistrations })
    .from(pendingRegistrations)
    .innerJoin(capabilities, eq(capabilities.registrationId, pendingRegistrations.id))
    .where(
      and(
        eq(capabilities.tokenHash, tokenHash),
        isNull(capabilities.usedAt),
        eq(pendingRegistrations.isShadow, false),
        gt(pendingRegistrations.expiresAt, clock.now()),
      ),
    )
  return row?.pending ?? null
}

/** Answers whether a sign-up with an address waits for its link. */
export async function hasConfirmable(db: Database, clock: Clock, email: string): Promise<boolean> {
  const found = await db
    .select({ id: pendingRegistrations.id })
    .from(pendingRegistrations)
    .where(
      and(
        eq(pendingRegistrations.email, email),
        eq(pendingRegistrations.isShadow, false),
        gt(pendingRegistrations.expiresAt, clock.now()),
      ),
    )
    .limit(1)
  return found.length > 0
}

/** Sign-ups and shadows go when they expire, with their links. */
export const PENDING_REGISTRATION_PURGE: Purge = {
  table: pendingRegistrations,
  key: [pendingRegistrations.id],
  dueAt: () => sql`${pendingRegistrations.expiresAt}`,
}
