import type { SessionId, UserId } from './ids.ts'

/** A user's own details. */
export interface User {
  id: UserId
  email: string
  firstName: string
  lastName: string
  /** 0 user, 1000 staff, 900 superuser; any other number belongs to the operator. */
  role: number
  emailVerified: boolean
}

/** Who an access token proved to be calling. */
export interface Identity {
  userId: UserId
  sessionId: SessionId
  user: User
}
