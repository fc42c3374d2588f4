import type { SessionId, UserId } from './ids.ts'

/** The details of a user that the user itself may read. */
export interface User {
  id: UserId
  email: string
  firstName: string
  lastName: string
  /** 0 user, 1000 staff, 900 superuser; other numbers mean what the operator decides. */
  role: number
  emailVerified: boolean
}

/** The caller that an access token proved: its user and session. */
export interface Identity {
  userId: UserId
  sessionId: SessionId
  user: User
}
