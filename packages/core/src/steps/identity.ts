import type { User } from '../tables/users/columns.ts'
import type { SessionId, UserId } from '../words/ids.ts'

/** The caller that an access token proved: its user and session. */
export interface Identity {
  userId: UserId
  sessionId: SessionId
  /** When the session began. The session that follows it after a change of password has the same. */
  sessionCreatedAt: Date
  user: User
}

/** Names a session and its successors. A caller that changes its password gets another session, but no other name. */
export function describeFamily(identity: Pick<Identity, 'userId' | 'sessionCreatedAt'>): string {
  return `${identity.userId} ${identity.sessionCreatedAt.getTime()}`
}
