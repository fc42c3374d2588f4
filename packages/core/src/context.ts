import type { Logger } from 'pino'
import type { Clock } from './database/clock.ts'
import type { Database } from './database/connection.ts'
import type { Hasher } from './services/hasher.ts'
import type { Secrets } from './services/keys/derived-keys.ts'
import type { KeyRing } from './services/keys/key-ring.ts'
import type { Outbox } from './services/mail/outbox.ts'
import type { Throttle } from './services/throttle/throttle.ts'

/** The settings that operations read. The program that starts the core parses and checks them. */
export interface CoreConfig {
  /** The issuer of every token and the base of every link: an origin without a trailing slash. */
  publicUrl: string
  accessTokenLifetimeSeconds: number
  refreshTokenLifetimeSeconds: number
  /** The longest life of a session, counted from its sign-in; null for no such end. */
  sessionLifetimeSeconds: number | null
  /** The grace: how long the former refresh token still works after a rotation; 0 is strict single use. */
  refreshGraceSeconds: number
  /** The start of every mailed link: the public URL, followed by the prefix of the paths if there is one. */
  linkBaseUrl: string
  emailVerification: EmailVerification
  emailConfirmationLifetimeSeconds: number
  passwordResetLifetimeSeconds: number
  /** How long after a reset link was opened the password may be set. */
  passwordResetCookieMaxAgeSeconds: number
  /** Whether a sign-up for a taken address gets the same answer as one for a free address. */
  preventEnumeration: boolean
  oldPasswordRequired: boolean
  logoutOnPasswordChange: boolean
  auditTruncateIp: boolean
}

/** Whether an address must be proven: never, at leisure, or before there is a user. */
export type EmailVerification = 'none' | 'optional' | 'mandatory'

/** The client that a request comes from. */
export interface Client {
  /** The IP address, from the connection or from a trusted proxy; null when it is not known. */
  ip: string | null
  /** The User-Agent header, cut to a maximum length; null when the client sent none. */
  userAgent: string | null
}

/** What every operation gets: the services of the process, and the client of the request. */
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
