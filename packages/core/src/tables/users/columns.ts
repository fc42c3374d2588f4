import type { UserId } from '../../words/ids.ts'
import { users } from './schema.ts'

/** A user's own details, as columns to return. */
export const userColumns = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  role: users.role,
  emailVerified: users.emailVerified,
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

/** {@link Credentials}, as columns to return. */
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

/** {@link StaffUser}, as columns to return. */
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
