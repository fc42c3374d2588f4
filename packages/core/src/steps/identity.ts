import type { User } from '../tables/users/columns.ts'
import type { SessionId, UserId } from '../words/ids.ts'

/** The caller that an access token proved: its user and session. */
export interface Identity {
  userId: UserId
  sessionId: SessionId
  user: User
}
