import { and, eq, gt, lt, lte, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import type { Purge } from '../purge.ts'
import { users } from '../users/schema.ts'
import { type CeremonyKind, ceremonies, type PendingConnection } from './schema.ts'

/** The wrong answers after which a challenge is deleted. */
export const MOST_FAILURES = 5

/** A challenge that a sign-in got in place of tokens. */
export type ChallengeKind = Extract<CeremonyKind, 'second_factor' | 'setup'>

/** A challenge as a caller presents it. */
export interface PresentedChallenge {
  tokenHash: string
  kind: ChallengeKind
}

/** The first factor that a challenge stands for, and its user. */
export interface Challenge extends PresentedChallenge {
  userId: UserId
  /** The epoch of the user when the first factor was checked. */
  verifiedEpoch: number
  /** How the first factor was proven. */
  method: string
}

/**
 * Finds a challenge that works: not expired, and its user is active and has not changed since the first factor was
 * checked. Changes nothing.
 */
export async function findChallenge(
  db: Database,
  clock: Clock,
  { tokenHash, kind }: PresentedChallenge,
): Promise<Challenge | null> {
  const [row] = await db
    .select({ userId: users.id, verifiedEpoch: users.sessionEpoch, method: ceremonies.method })
    .from(ceremonies)
    .innerJoin(users, and(eq(users.id, ceremonies.userId), eq(users.sessionEpoch, ceremonies.verifiedEpoch)))
    .where(
      and(
        eq(ceremonies.tokenHash, tokenHash),
        eq(ceremonies.kind, kind),
        gt(ceremonies.expiresAt, clock.now()),
        lt(ceremonies.failures, MOST_FAILURES),
        users.isActive,
      ),
    )
  return row ? { ...row, method: row.method ?? 'password', tokenHash, kind } : null
}

/**
 * Counts a wrong answer. The last one that is allowed deletes the challenge.
 *
 * @returns how many wrong answers the challenge has; null when it has ended
 */
export async function countFailure(
  tx: Database,
  clock: Clock,
  { tokenHash, kind }: PresentedChallenge,
): Promise<number | null> {
  const isChallenge = and(eq(ceremonies.tokenHash, tokenHash), eq(ceremonies.kind, kind))
  const [row] = await tx
    .update(ceremonies)
    .set({ failures: sql`${ceremonies.failures} + 1` })
    .where(and(isChallenge, lt(ceremonies.failures, MOST_FAILURES), gt(ceremonies.expiresAt, clock.now())))
    .returning({ failures: ceremonies.failures })
  if (row?.failures === MOST_FAILURES) await tx.delete(ceremonies).where(isChallenge)
  return row?.failures ?? null
}

/**
 * Uses a challenge up. This one statement decides which of several answers opens the session.
 *
 * @returns what its sign-in left for the second step; null when it has ended, or belongs to another user
 */
export async function takeChallenge(
  tx: Database,
  clock: Clock,
  { tokenHash, kind, userId }: PresentedChallenge & { userId: UserId },
): Promise<{ pendingConnection: PendingConnection | null } | null> {
  const [taken] = await tx
    .delete(ceremonies)
    .where(
      and(
        eq(ceremonies.tokenHash, tokenHash),
        eq(ceremonies.kind, kind),
        eq(ceremonies.userId, userId),
        gt(ceremonies.expiresAt, clock.now()),
      ),
    )
    .returning({ pendingConnection: ceremonies.pendingConnection })
  return taken ?? null
}

/** Ceremonies go when they expire. Every sign-in page with autofill makes one. */
export const CEREMONY_PURGE: Purge = {
  table: ceremonies,
  key: [ceremonies.expiresAt, ceremonies.tokenHash],
  dueAt: () => sql`${ceremonies.expiresAt}`,
  until: (clock) => lte(ceremonies.expiresAt, clock.now()),
}
