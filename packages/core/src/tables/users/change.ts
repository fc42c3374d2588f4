import { and, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import type { User } from '../../words/user.ts'
import { userColumns } from './columns.ts'
import { users } from './schema.ts'

/** What may change about a user so that every earlier check of it is void. */
export interface SecurityChange {
  passwordHash?: string
  email?: string
  emailVerified?: boolean
  role?: number
  isActive?: boolean
}

/**
 * Locks a user's row, changes it and moves its epoch on; revocations do this before they delete sessions.
 *
 * @param change.ifEpoch - only when the epoch still is this one
 * @returns the new epoch, or null when there is no such user or its epoch moved on
 */
export async function changeSecurity(
  tx: Database,
  clock: Clock,
  change: SecurityChange & { id: UserId; ifEpoch?: number },
): Promise<number | null> {
  const { id, ifEpoch, ...values } = change
  const [changed] = await tx
    .update(users)
    .set({ ...values, sessionEpoch: sql`${users.sessionEpoch} + 1`, updatedAt: sql`${clock.now()}` })
    .where(and(eq(users.id, id), ifEpoch === undefined ? undefined : eq(users.sessionEpoch, ifEpoch)))
    .returning({ sessionEpoch: users.sessionEpoch })
  return changed?.sessionEpoch ?? null
}

/** Records that a user reads the mail of an address, as long as it still is the user's. */
export async function markEmailVerified(
  tx: Database,
  clock: Clock,
  proven: { id: UserId; email: string },
): Promise<boolean> {
  const changed = await tx
    .update(users)
    .set({ emailVerified: true, updatedAt: sql`${clock.now()}` })
    .where(and(eq(users.id, proven.id), eq(users.email, proven.email)))
    .returning({ id: users.id })
  return changed.length > 0
}

/** Replaces a hash by one of the same password with today's parameters, unless it changed meanwhile. */
export async function replaceHash(
  db: Database,
  hashes: { id: UserId; former: string; renewed: string },
): Promise<void> {
  await db
    .update(users)
    .set({ passwordHash: hashes.renewed })
    .where(and(eq(users.id, hashes.id), eq(users.passwordHash, hashes.former)))
}

/** Changes a user's names; null when there is no such user. */
export async function updateNames(
  db: Database,
  clock: Clock,
  change: { id: UserId; firstName?: string; lastName?: string },
): Promise<User | null> {
  const { id, ...names } = change
  const [row] = await db
    .update(users)
    .set({ ...names, updatedAt: sql`${clock.now()}` })
    .where(eq(users.id, id))
    .returning(userColumns)
  return row ?? null
}
