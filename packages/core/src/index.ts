export type { Census } from './census.ts'
export {
  type Client,
  type Context,
  type CoreConfig,
  DEFAULT_CORE_CONFIG,
  type MfaMode,
  type PresentedProof,
} from './context.ts'
export {
  type Core,
  type CoreOptions,
  createCore,
  DEFAULT_SIGNING_KEY_LIFETIME_SECONDS,
} from './core.ts'
export { CLOCK_WARNING_SECONDS, DEFAULT_CLOCK_TOLERANCE_SECONDS } from './database/clock-watch.ts'
export { type Database, type DatabaseOptions, openClient, openDatabase } from './database/connection.ts'
export {
  type DatabaseAddress,
  type DatabaseHost,
  describeAddress,
  isSocket,
  readDatabaseUrl,
} from './database/database-address.ts'
export { type DatabaseCertificate, readDatabaseCertificates } from './database/database-certificate.ts'
export { describeFault, listCauses, readCode, summarizeFault } from './database/describe-fault.ts'
export type { Forecast, ForecastLock } from './database/forecast.ts'
export { forecastDatabase, migrateDatabase } from './database/migrate.ts'
export { describeMissing, type Rights, readRights } from './database/rights.ts'
export { RightsError, SchemaError } from './database/schema-error.ts'
export { isWhileConnecting } from './database/server-words.ts'
export { findSessionFaults } from './database/session-settings.ts'
export { findSqlState } from './database/transaction.ts'
export {
  isDatabaseFault,
  isUnavailable,
  UNAVAILABLE_STATES,
  type UnavailableState,
} from './database/unavailable.ts'
export { DatabaseUrlError } from './database/url-mistakes.ts'
export type { HousekeepingOptions } from './housekeeping/options.ts'
export { type Overdue, type OverdueOptions, readOverdue } from './housekeeping/read-overdue.ts'
export { runHousekeeping } from './housekeeping/run-round.ts'
export type { SweepOutcome } from './housekeeping/sweep-outcome.ts'
export type { Load } from './load.ts'
export { type Preparation, prepareDatabase, readPreparation } from './prepare-database.ts'
export { ARGON2, type HashFunction } from './services/hash-function.ts'
export { createHasher, type Hasher } from './services/hasher.ts'
export type { SecretPurpose } from './services/keys/derived-keys.ts'
export type { SecretSource, SecretValues } from './services/keys/live-secrets.ts'
export type { OldTokenOptions } from './services/keys/old-tokens.ts'
export { type DevMail, findDevMail, listDevMails } from './services/mail/dev-mailbox.ts'
export { exportTemplates } from './services/mail/export-templates.ts'
export type { FailedMail } from './services/mail/failed-mails.ts'
export { findMailSettingMistakes } from './services/mail/find-setting-mistakes.ts'
export { readMailCertificate } from './services/mail/mail-certificate.ts'
export { isMailKind, MAIL_KINDS, type MailKind } from './services/mail/mail-kinds.ts'
export type { MailMode } from './services/mail/mailer.ts'
export { type MailPreview, previewMail } from './services/mail/preview-mail.ts'
export { findFaultOfQueue } from './services/mail/queue-schema.ts'
export {
  type MailTest,
  type MailTestAttempt,
  type MailTestOptions,
  sendTestMail,
} from './services/mail/test-mail.ts'
export type { WaitingMail } from './services/mail/waiting-mails.ts'
export { listRelatedOrigins } from './services/passkeys/related-origins.ts'
export type { Fetch } from './services/providers/provider-fetch.ts'
export {
  type AppleKey,
  PRESET_NAMES,
  type ProviderOptions,
  type ProviderSettings,
} from './services/providers/provider-settings.ts'
export type { Providers } from './services/providers/providers.ts'
export { askRedis } from './services/throttle/ask-redis.ts'
export type { ThrottleSettings, ThrottleStore } from './services/throttle/throttle.ts'
export { type Actor, OPERATOR } from './steps/actor.ts'
export { authenticate, authenticateForLogout } from './steps/authenticate.ts'
export { requireMfa } from './steps/challenge.ts'
export {
  countAnonymousCall,
  countProtectingCall,
  countRefusedToken,
  countSessionCall,
} from './steps/count-calls.ts'
export { type FactorCaller, getSetupChallenge } from './steps/factor-owner.ts'
export type { Identity } from './steps/identity.ts'
export { getPasskeySite } from './steps/passkey-site.ts'
export { recordThrottled, type ThrottledBurst } from './steps/record-throttled.ts'
export { requireBinding } from './steps/require-binding.ts'
export { requireLevelOfRole, requireRecent, requireRecentOfFactor } from './steps/require-recent.ts'
export type { SessionSummary } from './steps/summarize-session.ts'
export type { AuditEvent } from './tables/audit-events/statements.ts'
export type { Capability } from './tables/capabilities/statements.ts'
export { TABLE_NAMES } from './tables/table-names.ts'
export type { User } from './tables/users/columns.ts'
export type { UserFilter } from './tables/users/list.ts'
export type { StaffUser } from './tables/users/staff-user.ts'
export type { AuditActor, AuditDetails, AuditKind } from './words/audit-kinds.ts'
export type { TokenClaims, TokenPair } from './words/claims.ts'
export type { DpopMode } from './words/dpop.ts'
export {
  DomainError,
  type FieldErrors,
  invalidFields,
  type RefusalCode,
  type RequiredProof,
  type TokenMessage,
} from './words/errors.ts'
export { readForeignHash } from './words/foreign-hash.ts'
export type { ConnectionId, PasskeyId, SessionId, UserId } from './words/ids.ts'
export { isLoopback } from './words/loopback.ts'
export { OLD_TOKEN_ALGORITHMS, type OldTokenAlgorithm } from './words/old-token.ts'
export type { Page, PageRequest } from './words/page.ts'
export {
  LIMIT_NAMES,
  type LimitName,
  NO_LIMITS,
  parseRateLimit,
  type RateLimit,
  type ThrottleLimits,
} from './words/rate-limits.ts'
export type { SecondFactor, SetupFactor, SignInAnswer } from './words/second-factors.ts'
export { spellCount } from './words/spell-count.ts'
export * from './words/time.ts'
export { type Signals, type StepKind, UNWATCHED, type Watch } from './words/watch.ts'
