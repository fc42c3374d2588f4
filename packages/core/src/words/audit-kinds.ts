export { AUDIT_ACTORS, type AuditActor } from '@latchkey/contract/audit-actors'

type Nothing = Record<string, never>

/**
 * What each kind of event says beside who, when and from where.
 *
 * A closed shape a kind: no address, no name and no secret has a place in it, so a deleted user's events may stay.
 */
export interface AuditDetails {
  registered: Nothing
  login: { method: 'password' | 'registration' | 'password_reset' }
  login_failed: { reason: 'incorrect_credentials' | 'email_not_verified' | 'no_active_account' }
  /** A refresh token came back that was replaced long ago; its session was ended. */
  refresh_replayed: Nothing
  /** A refresh was answered again within the grace, to another device or network than the one before. */
  refresh_grace: { changed: 'device' | 'network' | 'both' }
  logout: Nothing
  logout_all: { sessions: number }
  session_revoked: Nothing
  /** Every session was ended by staff. */
  sessions_ended: { sessions: number }
  password_changed: { sessions: number }
  password_reset: { sessions: number }
  /** A reset link was sent by staff. */
  password_reset_sent: { invitation: boolean }
  email_change_requested: Nothing
  email_changed: Nothing
  role_changed: { from: number; to: number }
  account_created: { role: number }
  account_deactivated: Nothing
  account_reactivated: Nothing
  account_deleted: Nothing
  /** Requests were refused because there were too many; the limit that was met. */
  throttled: { limit: string }
}

/** What happened. */
export type AuditKind = keyof AuditDetails
