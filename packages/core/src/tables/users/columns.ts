import type { UserId } from '../../words/ids.ts'
import { users } from './schema.ts'

/** The columns of a `User`. */
export const userColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  emailVerified: users.emailVerified,
}

/** What a password is checked against, and the epoch for which the check is valid. */
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

/** The columns of {@link Credentials}. */
export const credentialColumns = {
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

/** A user as staff see it. */
export interface StaffUser {
  id: UserId
  email: string
  firstName: string
  lastName: string
  role: number
  isActive: boolean
  emailVerified: boolean
  createdAt: Date
}

/** The columns of {@link StaffUser}. */
export const staffUserColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  isActive: users.isActive,
  emailVerified: users.emailVerified,
  createdAt: users.createdAt,
}
