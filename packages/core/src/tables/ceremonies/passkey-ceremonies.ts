import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { type CeremonyKind, ceremonies } from './schema.ts'

/** A ceremony that a passkey answers, and whose secret is the challenge of WebAuthn. */
export type PasskeyCeremonyKind = Extract<
  CeremonyKind,
  'passkey_sign_in' | 'passkey_registration' | 'reauthentication'
>

/** A ceremony, and who may answer it. */
export interface PasskeyCeremony {
  tokenHash: string
  kind: PasskeyCeremonyKind
  /** Null for a sign-in, which names no user. */
  userId: UserId | null
  /** The session that asked for it; null for a sign-in and for a set-up. */
  sessionId: SessionId | null
}

/** Stores a ceremony. */
export async function insertPasskeyCeremony(
  db: Database,
  clock: Clock,
  ceremony: PasskeyCeremony & { lifetimeSeconds: number },
): Promise<void> {
  const { lifetimeSeconds, ...values } = ceremony
  await db.insert(ceremonies).values({
    ...values,
    createdAt: sql`${clock.now()}`,
    expiresAt: sql`${clock.after(lifetimeSeconds)}`,
  })
}

/** Answers whether a ceremony waits for an answer of this caller. Changes nothing. */
export async function hasPasskeyCeremony(
  db: Database,
  clock: Clock,
  presented: PasskeyCeremony,
): Promise<boolean> {
  const found = await db
    .select({ kind: ceremonies.kind })
    .from(ceremonies)
    .where(isPresented(clock, presented))
  return found.length > 0
}

/**
 * Uses a ceremony up. This one statement decides which of several answers counts.
 *
 * @returns false when it is unknown, used or expired, or belongs to another user or session
 */
export async function takePasskeyCeremony(
  tx: Database,
  clock: Clock,
  presented: PasskeyCeremony,
): Promise<boolean> {
  const taken = await tx
    .delete(ceremonies)
    .where(isPresented(clock, presented))
    .returning({ kind: ceremonies.kind })
  return taken.length > 0
}

function isPresented(clock: Clock, { tokenHash, kind, userId, sessionId }: PasskeyCeremony): SQL | undefined {
  return and(
    eq(ceremonies.tokenHash, tokenHash),
    eq(ceremonies.kind, kind),
    sql`${ceremonies.userId} is not distinct from ${userId}::uuid`,
    sql`${ceremonies.sessionId} is not distinct from ${sessionId}::uuid`,
    gt(ceremonies.expiresAt, clock.now()),
  )
}
