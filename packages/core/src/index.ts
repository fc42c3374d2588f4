export { confirmEmailChange, findEmailChangeLink } from './accounts/confirm-email-change.ts'
export { deactivateUser } from './accounts/deactivate-user.ts'
export { deleteUser } from './accounts/delete-user.ts'
export { isEmailAddress, normalizeEmail } from './accounts/email.ts'
export { reactivateUser } from './accounts/reactivate-user.ts'
export { findEmailChangeFaults, requestEmailChange } from './accounts/request-email-change.ts'
export { setUserRole } from './accounts/set-user-role.ts'
export { updateUser } from './accounts/update-user.ts'
export type { User } from './accounts/user.ts'
export { AUDIT_ACTORS, type AuditActor, type AuditDetails, type AuditKind } from './audit/kinds.ts'
export { listSecurityEvents, type SecurityEvent } from './audit/list-security-events.ts'
export { recordThrottled, type ThrottledBurst } from './audit/record-throttled.ts'
export type { AuditEvent } from './audit/store.ts'
export type { Capability } from './capabilities/store.ts'
export type { Client, Context, CoreConfig, EmailVerification } from './context.ts'
export { type Core, type CoreOptions, createCore } from './core.ts'
export { type Database, type DatabaseOptions, migrateDatabase, openDatabase } from './database.ts'
export { describeFault, listCauses, readCode } from './describe-fault.ts'
export {
  DomainError,
  type FieldErrors,
  invalidFields,
  REFUSALS,
  type RefusalCode,
  type TokenMessage,
} from './errors.ts'
export * from './fields.ts'
export type { SessionId, UserId } from './ids.ts'
export { type DevMail, type FailedMail, findDevMail, listDevMails, type MailMode } from './mail/index.ts'
export { nextCursorField, type Page, type PageRequest, pageFields, readPage } from './page.ts'
export { changePassword, type PasswordChange } from './passwords/change-password.ts'
export { findPasswordChangeFaults, type GivenPasswords } from './passwords/check-password-change.ts'
export { ARGON2, createHasher, type Hasher, type HashFunction } from './passwords/hasher.ts'
export {
  findResetTarget,
  openResetLink,
  type ResetProof,
  type ResetTarget,
} from './passwords/open-reset-link.ts'
export { requestPasswordReset } from './passwords/request-reset.ts'
export { type NewPassword, setNewPassword } from './passwords/set-new-password.ts'
export { findSignUpFaults } from './registration/find-sign-up-faults.ts'
export { type Registration, register } from './registration/register.ts'
export { resendVerification } from './registration/resend-verification.ts'
export { findVerificationLink, verifyEmail } from './registration/verify-email.ts'
export { authenticate, authenticateForLogout, type Identity } from './sessions/authenticate.ts'
export { listSessions, type SessionSummary } from './sessions/list-sessions.ts'
export { login } from './sessions/login.ts'
export { findTokenOwner, logout } from './sessions/logout.ts'
export { logoutAll } from './sessions/logout-all.ts'
export { refreshSession } from './sessions/refresh-session.ts'
export { revokeSession } from './sessions/revoke-session.ts'
export {
  endAccountSession,
  endAccountSessions,
  listAccountSessions,
} from './staff/account-sessions.ts'
export { type Actor, OPERATOR } from './staff/actor.ts'
export { type AccountCreation, createAccount, findAccountFaults } from './staff/create-account.ts'
export { deleteAccount } from './staff/delete-account.ts'
export { listAccountEvents } from './staff/list-account-events.ts'
export { findAccountOfEmail, getAccount, listAccounts } from './staff/list-accounts.ts'
export { isStaffRole, STAFF_ROLE, SUPERUSER_ROLE } from './staff/roles.ts'
export { sendReset } from './staff/send-reset.ts'
export type { Account, AccountFilter } from './staff/store.ts'
export {
  countAnonymousCall,
  countUserCall,
  NO_LIMITS,
  parseRateLimit,
  type RateLimit,
  type ThrottleLimits,
  type ThrottleSettings,
  type ThrottleStore,
} from './throttle/index.ts'
export * from './time.ts'
export type { TokenClaims, TokenPair } from './tokens/claims.ts'
export { type KeySummary, listKeys } from './tokens/list-keys.ts'
export { SIGNING_ALGORITHMS, type SigningAlgorithm } from './tokens/signing-key.ts'
export { findSqlState } from './transaction.ts'
export { booleanField, integerField } from './value-fields.ts'
