import { and, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { ProviderIdentity } from '../../words/provider-identity.ts'
import type { Purge } from '../purge.ts'
import { providerAttempts } from './schema.ts'

/** An attempt as the request that comes back names it. */
export interface PresentedAttempt {
  stateHash: string
  provider: string
}

/** An attempt that begins. */
export interface NewAttempt extends PresentedAttempt {
  returnTo: string
  codeChallenge: string
  browserHash: string
  lifetimeSeconds: number
}

/** What is known of an attempt when its browser comes back. */
export interface TakenAttempt {
  returnTo: string
  firstName: string
  lastName: string
}

/** Stores an attempt that begins. */
export async function insertAttempt(db: Database, clock: Clock, attempt: NewAttempt): Promise<void> {
  const { lifetimeSeconds, ...values } = attempt
  await db.insert(providerAttempts).values({
    ...values,
    createdAt: sql`${clock.now()}`,
    expiresAt: sql`${clock.after(lifetimeSeconds)}`,
  })
}

/** Keeps the names that a provider posted, in an attempt that waits; false when none waits. */
export async function storeNames(
  db: Database,
  clock: Clock,
  { firstName, lastName, ...presented }: PresentedAttempt & Pick<TakenAttempt, 'firstName' | 'lastName'>,
): Promise<boolean> {
  const stored = await db
    .update(providerAttempts)
    .set({ firstName, lastName })
    .where(waits(clock, presented))
    .returning({ stateHash: providerAttempts.stateHash })
  return stored.length > 0
}

/**
 * Uses an attempt up. This one statement decides which of several requests comes back: the state, the provider, the browser
 * and the time are its conditions.
 *
 * @returns null when it is unknown, used or expired, or belongs to another provider or browser
 */
export async function takeAttempt(
  db: Database,
  clock: Clock,
  { browserHash, ...presented }: PresentedAttempt & { browserHash: string },
): Promise<TakenAttempt | null> {
  const { returnTo, firstName, lastName } = providerAttempts
  const [row] = await db
    .update(providerAttempts)
    .set({ usedAt: sql`${clock.now()}` })
    .where(and(waits(clock, presented), eq(providerAttempts.browserHash, browserHash)))
    .returning({ returnTo, firstName, lastName })
  return row ?? null
}

/** Answers whether an attempt waits for its browser. Changes nothing. */
export async function isWaiting(db: Database, clock: Clock, presented: PresentedAttempt): Promise<boolean> {
  const found = await db
    .select({ stateHash: providerAttempts.stateHash })
    .from(providerAttempts)
    .where(waits(clock, presented))
  return found.length > 0
}

/** Finds where an attempt of this browser leads back to, used or expired; null when it is unknown. Changes nothing. */
export async function findReturn(
  db: Database,
  { stateHash, provider, browserHash }: PresentedAttempt & { browserHash: string },
): Promise<string | null> {
  const [row] = await db
    .select({ returnTo: providerAttempts.returnTo })
    .from(providerAttempts)
    .where(
      and(
        eq(providerAttempts.stateHash, stateHash),
        eq(providerAttempts.provider, provider),
        eq(providerAttempts.browserHash, browserHash),
      ),
    )
  return row?.returnTo ?? null
}

/** Keeps whom the provider named, for the app that has the code and the verifier. */
export async function storeOutcome(
  db: Database,
  clock: Clock,
  outcome: { stateHash: string; codeHash: string; identity: ProviderIdentity; lifetimeSeconds: number },
): Promise<void> {
  const { stateHash, codeHash, identity, lifetimeSeconds } = outcome
  await db
    .update(providerAttempts)
    .set({ codeHash, identity, expiresAt: sql`${clock.after(lifetimeSeconds)}` })
    .where(eq(providerAttempts.stateHash, stateHash))
}

/**
 * Uses a code up. This one statement decides which of several apps redeems it: the verifier is one of its conditions, so
 * a code that somebody else planted stays with its owner.
 *
 * @returns null when it is unknown, used or expired, or its verifier is another one
 */
export async function takeCode(
  db: Database,
  clock: Clock,
  presented: { codeHash: string; codeChallenge: string },
): Promise<ProviderIdentity | null> {
  const { codeHash, codeChallenge } = presented
  const [row] = await db
    .delete(providerAttempts)
    .where(
      and(
        eq(providerAttempts.codeHash, codeHash),
        eq(providerAttempts.codeChallenge, codeChallenge),
        gt(providerAttempts.expiresAt, clock.now()),
      ),
    )
    .returning({ identity: providerAttempts.identity })
  return row?.identity ?? null
}

function waits(clock: Clock, { stateHash, provider }: PresentedAttempt): SQL | undefined {
  return and(
    eq(providerAttempts.stateHash, stateHash),
    eq(providerAttempts.provider, provider),
    isNull(providerAttempts.usedAt),
    gt(providerAttempts.expiresAt, clock.now()),
  )
}

/** Attempts go when they expire. Every visitor who is sent to a provider makes one. */
export const PROVIDER_ATTEMPT_PURGE: Purge = {
  table: providerAttempts,
  key: [providerAttempts.expiresAt, providerAttempts.stateHash],
  dueAt: () => sql`${providerAttempts.expiresAt}`,
  until: (clock) => lte(providerAttempts.expiresAt, clock.now()),
}
