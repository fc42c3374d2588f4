import type { Logger } from 'pino'
import type { Clock } from './database/clock.ts'
import type { Database } from './database/connection.ts'
import type { Hasher } from './services/hasher.ts'
import type { Secrets } from './services/keys/derived-keys.ts'
import type { KeyRing } from './services/keys/key-ring.ts'
import type { Outbox } from './services/mail/outbox.ts'
import type { Throttle } from './services/throttle/throttle.ts'
import type { EmailVerification, LinkPaths } from './words/contract.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './words/time.ts'

/** The settings the domain reads; parsed and checked by whoever composes it. */
export interface CoreConfig {
  /** Issuer of every token and base of every link; an origin without a trailing slash. */
  publicUrl: string
  accessTokenLifetimeSeconds: number
  refreshTokenLifetimeSeconds: number
  /** Longest life of a session from its first sign-in, or null for none. */
  sessionLifetimeSeconds: number | null
  /** How long after a rotation the token before it still works; 0 is strict single use. */
  refreshGraceSeconds: number
  /** Where mailed links begin: the public URL and, where the paths are served under one, the prefix. */
  linkBaseUrl: string
  /** The paths of mailed links below that. */
  linkPaths: LinkPaths
  emailVerification: EmailVerification
  emailConfirmationLifetimeSeconds: number
  passwordResetLifetimeSeconds: number
  /** How long after a reset link was opened the password may be set. */
  openedLinkLifetimeSeconds: number
  /** Whether a sign-up for a taken address is answered like one for a free address. */
  preventEnumeration: boolean
  oldPasswordRequired: boolean
  logoutOnPasswordChange: boolean
  auditTruncateIp: boolean
}

/** The settings that have a default, with it. */
export const DEFAULT_CORE_CONFIG: Omit<CoreConfig, 'publicUrl' | 'linkBaseUrl' | 'linkPaths'> = {
  accessTokenLifetimeSeconds: 30 * MINUTE_SECONDS,
  refreshTokenLifetimeSeconds: 14 * DAY_SECONDS,
  sessionLifetimeSeconds: null,
  refreshGraceSeconds: 30,
  emailVerification: 'none',
  emailConfirmationLifetimeSeconds: 3 * DAY_SECONDS,
  passwordResetLifetimeSeconds: HOUR_SECONDS,
  openedLinkLifetimeSeconds: HOUR_SECONDS,
  preventEnumeration: true,
  oldPasswordRequired: true,
  logoutOnPasswordChange: true,
  auditTruncateIp: false,
}

/** Who is on the other end of the line. */
export interface Client {
  /** Address as the connection or a trusted proxy gave it, or null when there is none. */
  ip: string | null
  /** The User-Agent header, cut to a sane length, or null. */
  userAgent: string | null
}

/** What every operation is handed: the services of the process and the client it is done for. */
export interface Context {
  db: Database
  clock: Clock
  hasher: Hasher
  keys: KeyRing
  outbox: Outbox
  secrets: Secrets
  throttle: Throttle
  log: Logger
  config: CoreConfig
  client: Client
}
