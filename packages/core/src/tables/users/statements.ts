import { and, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import type { User } from '../../words/user.ts'
import { users } from './schema.ts'

const userColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  emailVerified: users.emailVerified,
}

/** An account about to be stored. */
export interface NewUser {
  id: UserId
  email: string
  passwordHash: string
  firstName: string
  lastName: string
  emailVerified: boolean
}

/** Stores an account; false when the address has one already. */
export async function insertUser(db: Database, clock: Clock, user: NewUser): Promise<boolean> {
  const inserted = await db
    .insert(users)
    .values({ ...user, createdAt: sql`${clock.now()}`, updatedAt: sql`${clock.now()}` })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id })
  return inserted.length > 0
}

/** What a password is checked against, and the state that check is good for. */
export interface Credentials {
  id: UserId
  email: string
  firstName: string
  lastName: string
  role: number
  passwordHash: string
  isActive: boolean
  emailVerified: boolean
  sessionEpoch: number
}

const credentialColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  passwordHash: users.passwordHash,
  isActive: users.isActive,
  emailVerified: users.emailVerified,
  sessionEpoch: users.sessionEpoch,
}

const credentialsByEmail = buildOnce((db) =>
  db
    .select(credentialColumns)
    .from(users)
    .where(eq(users.email, sql.placeholder('email')))
    .prepare('credentials_by_email'),
)

/** The credentials of a normalised address, or null. */
export async function findCredentialsByEmail(db: Database, email: string): Promise<Credentials | null> {
  const [row] = await credentialsByEmail(db).execute({ email })
  return row ?? null
}

/**
 * The same, and holds the account as it is until the transaction ends.
 *
 * A link is stored after this: were the account changed between the look and the link, the change would have killed
 * every link but this one.
 */
export async function holdCredentialsByEmail(tx: Database, email: string): Promise<Credentials | null> {
  const [row] = await tx.select(credentialColumns).from(users).where(eq(users.email, email)).for('share')
  return row ?? null
}

/** The credentials of an account, or null. */
export async function findCredentials(db: Database, id: UserId): Promise<Credentials | null> {
  const [row] = await db.select(credentialColumns).from(users).where(eq(users.id, id))
  return row ?? null
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

/** Holds an account until the transaction ends; false when it changed since its password was checked. */
export async function holdUnchanged(tx: Database, verified: Credentials): Promise<boolean> {
  const held = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, verified.id), eq(users.sessionEpoch, verified.sessionEpoch)))
    .for('share')
  return held.length > 0
}

/** Holds a user's row until the transaction ends; false when there is none. */
export async function lockUser(tx: Database, id: UserId): Promise<boolean> {
  const locked = await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('no key update')
  return locked.length > 0
}

/** What may change about an account so that every earlier check of it is void. */
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

/** Records that an account's owner reads the mail of an address, as long as it still is the account's. */
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

/** Answers whether an address has an account, seen from inside a transaction. */
export async function isEmailTaken(db: Database, email: string): Promise<boolean> {
  const taken = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  return taken.length > 0
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

/** Deletes an account and, by the foreign keys, all that is its own; false when it is gone or its epoch moved on. */
export async function deleteUserRow(db: Database, user: { id: UserId; ifEpoch?: number }): Promise<boolean> {
  const { id, ifEpoch } = user
  const deleted = await db
    .delete(users)
    .where(and(eq(users.id, id), ifEpoch === undefined ? undefined : eq(users.sessionEpoch, ifEpoch)))
    .returning({ id: users.id })
  return deleted.length > 0
}
