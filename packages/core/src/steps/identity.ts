import type { User } from '../tables/users/columns.ts'
import type { AuthenticationLevel } from '../words/claims.ts'
import type { SessionId, UserId } from '../words/ids.ts'

/** The caller that an access token proved: its user and session. */
export interface Identity {
  userId: UserId
  sessionId: SessionId
  /** When the session began. The session that follows it after a change of password has the same. */
  sessionCreatedAt: Date
  user: User
  /** The level of the session. Like the two that follow, it is read from the database and not from the token. */
  acr: AuthenticationLevel
  /** How long ago something was last proven in the session, by the clock of the database. */
  authAgeSeconds: number
  /** Whether the user has turned a second factor on, whatever the settings are. */
  secondFactor: boolean
}

/** Names a session and its successors. A caller that changes its password gets another session, but no other name. */
export function describeFamily(identity: Pick<Identity, 'userId' | 'sessionCreatedAt'>): string {
  return `${identity.userId} ${identity.sessionCreatedAt.getTime()}`
}
