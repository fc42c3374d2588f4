export type { Client, Context, CoreConfig, EmailVerification } from './context.ts'
export { type Core, type CoreOptions, createCore } from './core.ts'
export { type Database, type DatabaseOptions, migrateDatabase, openDatabase } from './database/connection.ts'
export { describeFault, listCauses, readCode } from './database/describe-fault.ts'
export { findSqlState } from './database/transaction.ts'
export { login } from './operations/auth/login.ts'
export { findTokenOwner, logout } from './operations/auth/logout.ts'
export { logoutAll } from './operations/auth/logout-all.ts'
export { refreshSession } from './operations/auth/refresh-session.ts'
export { confirmEmailChange, findEmailChangeLink } from './operations/email/confirm-email-change.ts'
export { findEmailChangeFaults, requestEmailChange } from './operations/email/request-email-change.ts'
export { type KeySummary, listKeys } from './operations/keys/list-keys.ts'
export { changePassword } from './operations/password/change-password.ts'
export {
  findPasswordChangeFaults,
  type GivenPasswords,
  type PasswordChange,
} from './operations/password/check-password-change.ts'
export {
  findResetTarget,
  openResetLink,
  type ResetProof,
  type ResetTarget,
} from './operations/password/open-reset-link.ts'
export { requestPasswordReset } from './operations/password/request-password-reset.ts'
export { type NewPassword, setNewPassword } from './operations/password/set-new-password.ts'
export { findSignUpFaults, type Registration } from './operations/registration/find-sign-up-faults.ts'
export { register } from './operations/registration/register.ts'
export { resendVerification } from './operations/registration/resend-verification.ts'
export { findVerificationLink, verifyEmail } from './operations/registration/verify-email.ts'
export { listSecurityEvents, type SecurityEvent } from './operations/security/list-security-events.ts'
export { listSessions } from './operations/sessions/list-sessions.ts'
export { revokeSession } from './operations/sessions/revoke-session.ts'
export { createUser, findCreateUserFaults, type UserCreation } from './operations/staff/create-user.ts'
export { deactivateUser } from './operations/staff/deactivate-user.ts'
export { deleteUser } from './operations/staff/delete-user.ts'
export { endUserSession } from './operations/staff/end-user-session.ts'
export { endUserSessions } from './operations/staff/end-user-sessions.ts'
export { findUserByEmail } from './operations/staff/find-user-by-email.ts'
export { getUser } from './operations/staff/get-user.ts'
export { listUserEvents } from './operations/staff/list-user-events.ts'
export { listUserSessions } from './operations/staff/list-user-sessions.ts'
export { listUsers } from './operations/staff/list-users.ts'
export { reactivateUser } from './operations/staff/reactivate-user.ts'
export { sendUserReset } from './operations/staff/send-user-reset.ts'
export { setUserRole } from './operations/staff/set-user-role.ts'
export { deleteOwnUser } from './operations/user/delete-own-user.ts'
export { updateOwnUser } from './operations/user/update-own-user.ts'
export { ARGON2, createHasher, type Hasher, type HashFunction } from './services/hasher.ts'
export { type DevMail, findDevMail, listDevMails } from './services/mail/dev-mailbox.ts'
export type { FailedMail } from './services/mail/failed-mails.ts'
export type { MailMode } from './services/mail/outbox.ts'
export type { ThrottleSettings, ThrottleStore } from './services/throttle/throttle.ts'
export { authenticate, authenticateForLogout } from './steps/authenticate.ts'
export { countAnonymousCall, countUserCall } from './steps/count-calls.ts'
export { recordThrottled, type ThrottledBurst } from './steps/record-throttled.ts'
export type { SessionSummary } from './steps/summarize-session.ts'
export type { AuditEvent } from './tables/audit-events/statements.ts'
export type { Capability } from './tables/capabilities/statements.ts'
export type { StaffUser } from './tables/users/columns.ts'
export type { UserFilter } from './tables/users/list.ts'
export { type Actor, OPERATOR } from './words/actor.ts'
export type { AuditActor, AuditDetails, AuditKind } from './words/audit-kinds.ts'
export type { TokenClaims, TokenPair } from './words/claims.ts'
export {
  DomainError,
  type FieldErrors,
  invalidFields,
  type RefusalCode,
  type TokenMessage,
} from './words/errors.ts'
export type { SessionId, UserId } from './words/ids.ts'
export type { Page, PageRequest } from './words/page.ts'
export { NO_LIMITS, parseRateLimit, type RateLimit, type ThrottleLimits } from './words/rate-limits.ts'
export * from './words/time.ts'
export type { Identity, User } from './words/user.ts'
export { emailField, loginEmailField, passwordField, nameField, textField, integerField, booleanField, idField, tokenField, fields, pageFields, readPage, nextCursorField, normalizeEmail, isEmailAddress, isStaffRole, STAFF_ROLE, SUPERUSER_ROLE, AUDIT_ACTORS } from '@latchkey/contract'
