import type { ProofFault } from './dpop.ts'
import type { ConnectionId, PasskeyId } from './ids.ts'
import type { SecondFactor } from './second-factors.ts'

export { AUDIT_ACTORS, type AuditActor } from '@latchkey/contract/audit-actors'

type Nothing = Record<string, never>

/**
 * The details of each kind of event; who, when and from where are columns of every event.
 *
 * Each kind has a closed shape without email addresses, names and secrets, so the events of a deleted user may stay.
 * A name is one lower-case word, because the doors write it in snake_case and the database as it is.
 */
export interface AuditDetails {
  registered: Nothing
  login: {
    method: 'password' | 'registration' | 'password_reset' | 'passkey' | 'social'
    second: 'none' | 'totp' | 'passkey' | 'recovery_code'
  }
  /** A first factor was proven, and the sign-in waits for a second one or for its set-up. */
  login_challenged: { method: 'password' | 'registration' | 'password_reset' | 'social' }
  /** The user proved again that it is itself, in a session. */
  reauthenticated: { method: 'password' | 'totp' | 'passkey' | 'recovery_code' | 'social' }
  /** The factors of a user were removed by others, or because nobody had proven the address when they were set up. */
  factors_reset: { reason: 'staff' | 'address_proven' }
  /** One row counts the failures of an hour without a user, and those of an hour by forged answers of passkeys. */
  login_failed: {
    reason: 'incorrect_credentials' | 'email_not_verified' | 'no_active_account'
    count?: number
  }
  /** A replaced refresh token came back after the grace, and its session was ended. */
  refresh_replayed: Nothing
  /** The session of another deployment went on here, with its first tokens of ours. */
  session_moved_in: Nothing
  /** A refresh within the grace came from another device or network than the last rotation. */
  refresh_grace: { changed: 'device' | 'network' | 'both' }
  /** A refresh of a session with a key came without its proof, and was refused. At most one event for each rotation. */
  proof_refused: { reason: ProofFault }
  /**
   * A replaced refresh token was answered after the grace, because its caller showed that it is its own: by a proof of the
   * session's key, or by the key of the rotation.
   */
  refresh_late: { by: 'proof' | 'keyed'; changed: 'device' | 'network' | 'both' | 'none' }
  logout: Nothing
  logout_all: { sessions: number }
  session_revoked: Nothing
  /** Staff or the operator ended every session. */
  sessions_ended: { sessions: number }
  /** A sign-in beyond the limit ended the sessions that were unused for longest. */
  sessions_displaced: { sessions: number }
  password_changed: { sessions: number }
  password_reset: { sessions: number }
  /** Staff or the operator sent a reset link. */
  password_reset_sent: { invitation: boolean }
  email_change_requested: Nothing
  /** The user cancelled the change before its link was followed. */
  email_change_cancelled: Nothing
  /** Staff or the operator marked the address as verified. */
  email_verified: Nothing
  email_changed: Nothing
  role_changed: { from: number; to: number }
  account_created: { role: number }
  account_deactivated: Nothing
  account_reactivated: Nothing
  account_deleted: Nothing
  /** An answer to a challenge, or to a step-up, was wrong. */
  second_factor_failed: { method: SecondFactor }
  /** The last code that may be tried was wrong. `lasting`: codes stay refused until another factor is proven. */
  second_factor_locked: { lasting: boolean }
  /** An authenticator app was confirmed; `replaced`: in place of another one. */
  totp_activated: { replaced: boolean }
  second_factor_enabled: Nothing
  second_factor_disabled: Nothing
  recovery_code_used: { left: number }
  recovery_codes_replaced: Nothing
  /** `synced`: the passkey may be synced to other devices. */
  passkey_added: { passkey: PasskeyId; synced: boolean }
  passkey_removed: { passkey: PasskeyId }
  passkey_renamed: { passkey: PasskeyId }
  /** The counter of a right answer did not grow: a copy of the authenticator, or two answers that crossed. */
  passkey_counter: { passkey: PasskeyId }
  /** An account at a provider signs the user in from now on. */
  connection_added: { connection: ConnectionId; provider: string }
  connection_removed: { connection: ConnectionId; provider: string }
  /** Requests over a limit were refused; `limit` is the name of that limit. One row counts the bursts of an hour. */
  throttled: { limit: string; count?: number }
}

/** The kinds of event. */
export type AuditKind = keyof AuditDetails
