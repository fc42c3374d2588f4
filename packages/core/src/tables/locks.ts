import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import type { SessionId, UserId } from '../words/ids.ts'
import { SUPERUSER_ROLE } from '../words/roles.ts'
import { capabilities } from './capabilities/schema.ts'
import { pendingRegistrations } from './pending-registrations/schema.ts'
import { sessions } from './sessions/schema.ts'
import { type Credentials, credentialColumns, type StaffUser, staffUserColumns } from './users/columns.ts'
import { users } from './users/schema.ts'

/*
 * Every statement that locks rows and changes none.
 *
 * The order of locks: a transaction that ends sessions or links of a user takes the user's row first, by one of
 * these or by `changeSecurity`, and then its capabilities, pending registrations and sessions. Several users are locked in the
 * order of their ids. A confirmation of a sign-up has no user yet: it takes the pending registrations of the address
 * first. A sign-in takes its user's row FOR SHARE inside `insertSession`. A deadlock that is met all the same is tried
 * again by `transaction`.
 */

const KEY_LOCK = 7_316_402_952

/** Holds a user's row until the transaction ends; false when there is none. */
export async function lockUser(tx: Database, id: UserId): Promise<boolean> {
  const locked = await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('no key update')
  return locked.length > 0
}

/**
 * Holds the rows of some users until the transaction ends, and reads them as they are once they are held.
 *
 * In the order of their ids, so that two that want the same rows wait for one another and never both at once.
 *
 * @param wanted.superusers - also those of all active superusers, so that nobody else can make one of them the last
 */
export async function lockUsers(
  tx: Database,
  wanted: { ids: UserId[]; superusers: boolean },
): Promise<StaffUser[]> {
  const superusers = wanted.superusers ? and(eq(users.role, SUPERUSER_ROLE), users.isActive) : undefined
  return tx
    .select(staffUserColumns)
    .from(users)
    .where(or(inArray(users.id, wanted.ids), superusers))
    .orderBy(asc(users.id))
    .for('no key update')
}

/**
 * Holds the row of the user a link belongs to, before anything else is written.
 *
 * A password change holds the same row before it deletes the links, so either it comes first and the link is gone,
 * or the link's work is done first.
 *
 * @returns the user, or null for an unknown link or a deactivated user
 */
export async function lockUserOfCapability(tx: Database, tokenHash: string): Promise<{ id: UserId } | null> {
  const [row] = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(capabilities, eq(capabilities.userId, users.id))
    .where(and(eq(capabilities.tokenHash, tokenHash), users.isActive))
    .for('no key update', { of: users })
  return row ?? null
}

/**
 * The same, and holds the user as it is until the transaction ends.
 *
 * A link is stored after this: were the user changed between the look and the link, the change would have killed
 * every link but this one.
 */
export async function lockCredentialsByEmail(tx: Database, email: string): Promise<Credentials | null> {
  const [row] = await tx.select(credentialColumns).from(users).where(eq(users.email, email)).for('share')
  return row ?? null
}

/** Holds a user until the transaction ends; false when it changed since its password was checked. */
export async function lockUnchangedUser(tx: Database, verified: Credentials): Promise<boolean> {
  const held = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, verified.id), eq(users.sessionEpoch, verified.sessionEpoch)))
    .for('share')
  return held.length > 0
}

/**
 * Holds every sign-up of the address a link was mailed to, before anything else is written.
 *
 * Links of one address that are followed at once then wait for the first and find themselves dead, instead of
 * waiting for one another in a ring. Always in the same order, for the same reason.
 */
export async function lockPendingsOfCapability(tx: Database, tokenHash: string): Promise<void> {
  const email = tx.select({ email: capabilities.email }).from(capabilities)
  await tx
    .select({ id: pendingRegistrations.id })
    .from(pendingRegistrations)
    .where(eq(pendingRegistrations.email, email.where(eq(capabilities.tokenHash, tokenHash))))
    .orderBy(asc(pendingRegistrations.id))
    .for('update')
}

/** Answers whether a session is still there, and keeps it so until the transaction ends. */
export async function lockSession(tx: Database, sessionId: SessionId): Promise<boolean> {
  const held = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    .for('key share')
  return held.length > 0
}

/** Keeps other processes from changing the signing keys until the transaction ends. */
export async function lockSigningKeys(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${KEY_LOCK})`)
}
