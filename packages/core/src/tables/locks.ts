import { and, asc, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { Clock } from '../database/clock.ts'
import type { Database } from '../database/connection.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { SUPERUSER_ROLE } from '../words/roles.ts'
import { capabilities } from './capabilities/schema.ts'
import { pendingRegistrations } from './pending-registrations/schema.ts'
import { type AddressForms, NEWEST_FIRST, stands } from './pending-registrations/standing.ts'
import type { PendingRegistration } from './pending-registrations/statements.ts'
import { sessions } from './sessions/schema.ts'
import {
  type Credentials,
  credentialColumns,
  isOfRole,
  type UserRecord,
  userRecordColumns,
} from './users/columns.ts'
import { users } from './users/schema.ts'

/*
 * Every statement that locks rows and changes none. All transactions take locks in one order:
 *
 * - A transaction that ends sessions or links of a user locks the user's row first, by a function of this file or by
 *   `changeSecurity`. It then takes the rows of capabilities, pending sign-ups and sessions.
 * - Several users are locked in the order of their ids. An import locks those of a whole range, in `tables/imports`.
 * - The confirmation of a sign-up has no user yet. It inserts the user first: the unique index of addresses makes every
 *   other transaction that takes or frees the address wait.
 * - Several pending sign-ups are locked in one order, the newest first.
 * - A sign-in locks its user's row FOR SHARE inside `insertSession`.
 *
 * `transaction` retries after a deadlock.
 */

const KEY_LOCK = 7_316_402_952

/** Locks the row of a user until the transaction ends; false when the user does not exist. */
export async function lockUser(tx: Database, id: UserId): Promise<boolean> {
  const locked = await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('no key update')
  return locked.length > 0
}

/**
 * Locks the rows of some users until the transaction ends, and reads them after they are locked.
 *
 * The rows are locked in the order of their ids, so that two transactions with the same users do not deadlock.
 *
 * @param wanted.superusers - locks all active superusers too, so that no other transaction removes one of them
 */
export async function lockUsers(
  tx: Database,
  wanted: { ids: UserId[]; superusers: boolean },
): Promise<UserRecord[]> {
  const superusers = wanted.superusers ? and(isOfRole(SUPERUSER_ROLE), users.isActive) : undefined
  return tx
    .select(userRecordColumns)
    .from(users)
    .where(or(inArray(users.id, wanted.ids), superusers))
    .orderBy(asc(users.id))
    .for('no key update')
}

/**
 * Locks the row of the user a link belongs to, before the transaction writes anything.
 *
 * A password change locks the same row before it deletes the links. If the password change is first, the link is gone;
 * if this lock is first, the link does its work.
 *
 * @returns the user; null for an unknown link or a deactivated user
 */
export async function lockUserOfCapability(
  tx: Database,
  tokenHash: string,
): Promise<Omit<Credentials, 'passwordHash'> | null> {
  const { passwordHash: _, ...columns } = credentialColumns
  const [row] = await tx
    .select(columns)
    .from(users)
    .innerJoin(capabilities, eq(capabilities.userId, users.id))
    .where(and(eq(capabilities.tokenHash, tokenHash), users.isActive))
    .for('no key update', { of: users })
  return row ?? null
}

/**
 * Finds the credentials of an address and locks the user against changes until the transaction ends.
 *
 * The caller stores a link afterwards. Without the lock, a change of the user between the two would delete every link
 * except this new one.
 */
export async function lockCredentialsByEmail(tx: Database, email: string): Promise<Credentials | null> {
  const [row] = await tx.select(credentialColumns).from(users).where(eq(users.email, email)).for('share')
  return row ?? null
}

/**
 * Locks a user against changes until the transaction ends; false when its epoch moved since the password check.
 *
 * The lock excludes another transaction with the same lock, so that two requests leave one link.
 */
export async function lockUnchangedUser(tx: Database, verified: Credentials): Promise<boolean> {
  const held = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, verified.id), eq(users.sessionEpoch, verified.sessionEpoch)))
    .for('no key update')
  return held.length > 0
}

/** Locks the pending sign-ups and shadows of an address until the transaction ends. */
export async function lockPendings(tx: Database, email: string): Promise<void> {
  await tx
    .select({ id: pendingRegistrations.id })
    .from(pendingRegistrations)
    .where(eq(pendingRegistrations.email, email))
    .orderBy(...NEWEST_FIRST)
    .for('update')
}

/**
 * Locks the newest sign-ups and shadows that stand for an address, and reads them after they are locked.
 *
 * Those that were moved in are always among them: no number of strangers who sign up later pushes them out.
 *
 * @param wanted.passwordHash - only those with this hash
 */
export async function lockStanding(
  tx: Database,
  clock: Clock,
  wanted: { forms: AddressForms; passwordHash?: string; limit: number },
): Promise<PendingRegistration[]> {
  const { forms, passwordHash, limit } = wanted
  const isOfPassword =
    passwordHash === undefined ? undefined : eq(pendingRegistrations.passwordHash, passwordHash)
  const isWanted = and(stands(clock, forms), isOfPassword)
  const chosen = tx
    .select({ id: pendingRegistrations.id })
    .from(pendingRegistrations)
    .where(isWanted)
    .orderBy(desc(isNotNull(pendingRegistrations.externalId)), ...NEWEST_FIRST)
    .limit(limit)
  return tx
    .select()
    .from(pendingRegistrations)
    .where(and(isWanted, inArray(pendingRegistrations.id, chosen)))
    .orderBy(...NEWEST_FIRST)
    .for('update')
}

/** Answers whether a session of a user still exists, and locks it against deletion until the transaction ends. */
export async function lockSession(
  tx: Database,
  session: { userId: UserId; sessionId: SessionId },
): Promise<boolean> {
  const held = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)))
    .for('key share')
  return held.length > 0
}

/** Locks the signing keys against changes by other processes until the transaction ends. */
export async function lockSigningKeys(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${KEY_LOCK})`)
}
