import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { RegistrationId, SessionId, UserId } from '../../words/ids.ts'
import { KEPT_SECONDS, later, type Purge } from '../purge.ts'
import { type CAPABILITY_PURPOSES, capabilities } from './schema.ts'

/** What a mailed link is for. */
export type CapabilityPurpose = (typeof CAPABILITY_PURPOSES)[number]
/** A row of `capabilities`. */
export type Capability = typeof capabilities.$inferSelect

/** A capability to be stored. */
export interface NewCapability {
  tokenHash: string
  purpose: CapabilityPurpose
  email: string
  userId?: UserId
  registrationId?: RegistrationId
  sessionId?: SessionId
  lifetimeSeconds: number
}

/** Stores a capability. */
export async function insertCapability(db: Database, clock: Clock, capability: NewCapability): Promise<void> {
  await insertCapabilities(db, clock, [capability])
}

/** Stores several capabilities by one statement. */
export async function insertCapabilities(db: Database, clock: Clock, stored: NewCapability[]): Promise<void> {
  await db.insert(capabilities).values(
    stored.map(({ lifetimeSeconds, ...values }) => ({
      ...values,
      createdAt: sql`${clock.now()}`,
      expiresAt: sql`${clock.after(lifetimeSeconds)}`,
    })),
  )
}

/** A capability as a caller presents it. */
export interface PresentedCapability {
  tokenHash: string
  purpose: CapabilityPurpose
  /** How long past its expiry it is accepted, for a form that was opened in time; 0 by default. */
  lateSeconds?: number
}

function isPresented(clock: Clock, presented: PresentedCapability) {
  return and(
    eq(capabilities.tokenHash, presented.tokenHash),
    eq(capabilities.purpose, presented.purpose),
    gt(capabilities.expiresAt, clock.after(-(presented.lateSeconds ?? 0))),
  )
}

/** Finds a capability that has not expired, used or unused; null for any other. Changes nothing. */
export async function findCapability(
  db: Database,
  clock: Clock,
  presented: PresentedCapability,
): Promise<Capability | null> {
  const [row] = await db.select().from(capabilities).where(isPresented(clock, presented))
  return row ?? null
}

/**
 * Uses a capability up. This one statement decides which of several concurrent calls does the work of the link.
 *
 * @returns null when the capability is unknown, used, expired or for another purpose
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

/** Deletes every capability of a user; `except` is the hash of a link that was just used and goes on redirecting. */
export async function deleteCapabilitiesOfUser(tx: Database, userId: UserId, except?: string): Promise<void> {
  await tx
    .delete(capabilities)
    .where(
      and(eq(capabilities.userId, userId), except ? sql`${capabilities.tokenHash} <> ${except}` : undefined),
    )
}

/**
 * Deletes the decoys of an address. Every other capability of the address goes with its own user or sign-up: another
 * user may have asked for this address.
 */
export async function deleteDecoysOfEmail(tx: Database, email: string): Promise<void> {
  await tx.delete(capabilities).where(and(eq(capabilities.email, email), eq(capabilities.purpose, 'none')))
}

/** Moves the used capability of a sign-up to the new user, because deleting the pending sign-up would delete it. */
export async function assignCapability(tx: Database, tokenHash: string, userId: UserId): Promise<void> {
  await tx
    .update(capabilities)
    .set({ userId, registrationId: null })
    .where(eq(capabilities.tokenHash, tokenHash))
}

/** Links go two days after they expired. A decoy goes at once, because it is never answered as expired. */
export const CAPABILITY_PURGE: Purge = {
  table: capabilities,
  key: [capabilities.expiresAt, capabilities.tokenHash],
  dueAt: () => sql`case when ${capabilities.purpose} = 'none' then ${capabilities.expiresAt}
    else ${later(capabilities.expiresAt, KEPT_SECONDS)} end`,
  until: (clock) => lte(capabilities.expiresAt, clock.now()),
}
