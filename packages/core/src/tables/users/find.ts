import { eq, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import { buildOnce, type Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { type Credentials, credentialColumns } from './columns.ts'
import { users } from './schema.ts'
import { type StaffUser, selectStaffUsers } from './staff-user.ts'

const credentialsByEmail = buildOnce((db) =>
  db
    .select(credentialColumns)
    .from(users)
    .where(eq(users.email, sql.placeholder('email')))
    .prepare('credentials_by_email'),
)

/** Finds the credentials of the user with a normalised address, or null. */
export async function findCredentialsByEmail(db: Database, email: string): Promise<Credentials | null> {
  const [row] = await credentialsByEmail(db).execute({ email })
  return row ?? null
}

/** Finds the credentials of a user, or null. */
export async function findCredentials(db: Database, id: UserId): Promise<Credentials | null> {
  const [row] = await db.select(credentialColumns).from(users).where(eq(users.id, id))
  return row ?? null
}

/** Answers whether a user has an address. */
export async function isEmailTaken(db: Database, email: string): Promise<boolean> {
  const taken = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  return taken.length > 0
}

/** Finds a user as staff see it, or null. */
export async function findStaffUser(db: Database, clock: Clock, id: UserId): Promise<StaffUser | null> {
  const [row] = await selectStaffUsers(db, clock).statement.where(eq(users.id, id))
  return row ?? null
}

/** Finds the user with a normalised address as staff see it, or null. */
export async function findStaffUserByEmail(
  db: Database,
  clock: Clock,
  email: string,
): Promise<StaffUser | null> {
  const [row] = await selectStaffUsers(db, clock).statement.where(eq(users.email, email))
  return row ?? null
}

/** Finds the user that other services know by an id as staff see it, or null. */
export async function findStaffUserByExternalId(
  db: Database,
  clock: Clock,
  externalId: string,
): Promise<StaffUser | null> {
  const [row] = await selectStaffUsers(db, clock).statement.where(eq(users.externalId, externalId))
  return row ?? null
}
