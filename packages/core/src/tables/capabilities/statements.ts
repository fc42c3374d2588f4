import { and, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { RegistrationId, SessionId, UserId } from '../../words/ids.ts'
import { type CAPABILITY_PURPOSES, capabilities } from './schema.ts'

/** What a mailed link lets its bearer do. */
export type CapabilityPurpose = (typeof CAPABILITY_PURPOSES)[number]
/** A stored link. */
export type Capability = typeof capabilities.$inferSelect

/** A link about to be stored. */
export interface NewCapability {
  tokenHash: string
  purpose: CapabilityPurpose
  email: string
  userId?: UserId
  registrationId?: RegistrationId
  sessionId?: SessionId
  lifetimeSeconds: number
}

/** Stores a link. */
export async function insertCapability(db: Database, clock: Clock, capability: NewCapability): Promise<void> {
  const { lifetimeSeconds, ...values } = capability
  await db
    .insert(capabilities)
    .values({ ...values, createdAt: sql`${clock.now()}`, expiresAt: sql`${clock.after(lifetimeSeconds)}` })
}

/** Which link, for what, and how long past its expiry it is still taken. */
export interface PresentedCapability {
  tokenHash: string
  purpose: CapabilityPurpose
  /** For a link that was opened in time and leads to a form; 0 when left out. */
  lateSeconds?: number
}

function isPresented(clock: Clock, presented: PresentedCapability) {
  return and(
    eq(capabilities.tokenHash, presented.tokenHash),
    eq(capabilities.purpose, presented.purpose),
    gt(capabilities.expiresAt, clock.after(-(presented.lateSeconds ?? 0))),
  )
}

/** A link that has not expired, used or not, or null. Looking changes nothing. */
export async function findCapability(
  db: Database,
  clock: Clock,
  presented: PresentedCapability,
): Promise<Capability | null> {
  const [row] = await db.select().from(capabilities).where(isPresented(clock, presented))
  return row ?? null
}

/**
 * Uses a link up: the one statement that decides which of many followers does its work.
 * Null when the link is unknown, used, expired, or for another purpose.
 */
export async function useCapability(
  tx: Database,
  clock: Clock,
  presented: PresentedCapability,
): Promise<Capability | null> {
  const [row] = await tx
    .update(capabilities)
    .set({ usedAt: sql`${clock.now()}` })
    .where(and(isPresented(clock, presented), isNull(capabilities.usedAt)))
    .returning()
  return row ?? null
}

/** Kills every link of a user, but one that was just used and goes on redirecting. */
export async function deleteCapabilitiesOfUser(tx: Database, userId: UserId, except?: string): Promise<void> {
  await tx
    .delete(capabilities)
    .where(
      and(eq(capabilities.userId, userId), except ? sql`${capabilities.tokenHash} <> ${except}` : undefined),
    )
}

/** Deletes every link that was mailed to an address, or for one that was owed nothing. */
export async function deleteCapabilitiesOfEmail(tx: Database, email: string): Promise<void> {
  await tx.delete(capabilities).where(eq(capabilities.email, email))
}

/** Hands a used sign-up link to the user it made, before the sign-up itself is deleted. */
export async function assignCapability(tx: Database, tokenHash: string, userId: UserId): Promise<void> {
  await tx
    .update(capabilities)
    .set({ userId, registrationId: null })
    .where(eq(capabilities.tokenHash, tokenHash))
}

/** Removes links that expired before a moment. */
export async function purgeExpiredCapabilities(db: Database, before: SQL): Promise<void> {
  await db.delete(capabilities).where(lte(capabilities.expiresAt, before))
}
