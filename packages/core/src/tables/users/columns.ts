import { and, eq, type SQL, sql } from 'drizzle-orm'
import { UNUSABLE_PASSWORD } from '../../words/foreign-hashes/foreign-hash.ts'
import { users } from './schema.ts'

/** A row of `users`. The types of this file are parts of it, so that a column is written down once. */
type UserRow = typeof users.$inferSelect

const ownColumns = {
  id: users.id,
  externalId: users.externalId,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  language: users.language,
  role: users.role,
  emailVerified: users.emailVerified,
}

/** The columns of a {@link User}. The last one says the same as `isUsablePassword`, so that the hash stays where it is. */
export const userColumns = {
  ...ownColumns,
  hasUsablePassword: sql<boolean>`left(${users.passwordHash}, 1) not in ('', ${sql.raw(`'${UNUSABLE_PASSWORD}'`)})`,
}

/** The details of a user that the user itself may read. */
export interface User extends Pick<UserRow, keyof typeof ownColumns> {
  /** Whether a password can sign the user in. A user of a provider may have none. */
  hasUsablePassword: boolean
}

/** The details that a user itself may change. No other column changes, whatever a caller passes. */
export const OWN_CHANGES = ['firstName', 'lastName', 'language'] as const satisfies (keyof User)[]

/** A change that a user makes to itself. A detail that is left out stays. */
export type OwnChange = Partial<Pick<User, (typeof OWN_CHANGES)[number]>>

/** The columns of {@link Credentials}. */
export const credentialColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  language: users.language,
  role: users.role,
  passwordHash: users.passwordHash,
  passwordForm: users.passwordForm,
  isActive: users.isActive,
  emailVerified: users.emailVerified,
  ownerUnproven: users.ownerUnproven,
  sessionEpoch: users.sessionEpoch,
  secondFactor: users.secondFactor,
}

/** What a password is checked against, and the epoch for which the check is valid. */
export type Credentials = Pick<UserRow, keyof typeof credentialColumns>

/** The columns of {@link UserRecord}. */
export const userRecordColumns = {
  id: users.id,
  externalId: users.externalId,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  language: users.language,
  role: users.role,
  isActive: users.isActive,
  emailVerified: users.emailVerified,
  secondFactor: users.secondFactor,
  createdAt: users.createdAt,
}

/** The part of a user's row that the acts of staff depend on. */
export type UserRecord = Pick<UserRow, keyof typeof userRecordColumns>

/**
 * The condition of a user with a role.
 *
 * For a role other than 0 it says in words of its own that the role is not 0. PostgreSQL then finds the users by the
 * index of these, also when it plans the statement without its values.
 */
export function isOfRole(role: number): SQL | undefined {
  return and(eq(users.role, role), role === 0 ? undefined : sql`${users.role} <> 0`)
}
