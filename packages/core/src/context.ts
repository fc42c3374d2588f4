import { type LanguageTag, SOURCE_LANGUAGE } from '@latchkey/languages'
import type { Logger } from 'pino'
import type { Clock } from './database/clock.ts'
import type { Database } from './database/connection.ts'
import type { Decoys } from './services/decoys.ts'
import type { Hasher } from './services/hasher.ts'
import type { Secrets } from './services/keys/derived-keys.ts'
import type { KeyRing } from './services/keys/key-ring.ts'
import type { OldTokens } from './services/keys/old-tokens.ts'
import type { AccountPages } from './services/mail/common-values.ts'
import type { Outbox } from './services/mail/outbox.ts'
import type { Providers } from './services/providers/providers.ts'
import type { Throttle } from './services/throttle/throttle.ts'
import type { Binding } from './words/claims.ts'
import { type Brand, DEFAULT_BRAND, type EmailVerification, type LinkPaths } from './words/contract.ts'
import type { DpopMode } from './words/dpop.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './words/time.ts'
import type { Watch } from './words/watch.ts'

/** `disabled`: nobody is asked for a second factor. `required`: every user must have one. */
export type MfaMode = 'disabled' | 'optional' | 'required'

/** The settings that operations read. The program that starts the core parses and checks them. */
export interface CoreConfig {
  /** The issuer of every token and the base of every link: an origin without a trailing slash. */
  publicUrl: string
  accessTokenLifetimeSeconds: number
  refreshTokenLifetimeSeconds: number
  /** The longest life of a session, counted from its sign-in; null for no such end. */
  sessionLifetimeSeconds: number | null
  /** The most sessions of one user. A sign-in beyond it ends the session that was unused for longest. */
  sessionsPerAccount: number
  /** The grace: how long the former refresh token still works after a rotation; 0 is strict single use. */
  refreshGraceSeconds: number
  /** The start of every mailed link: the public URL, followed by the prefix of the paths if there is one. */
  linkBaseUrl: string
  /** The path below which the operations stand too: empty, or with a slash at its start and none at its end. */
  restPrefix: string
  /** What is done with the proofs of RFC 9449. */
  dpop: DpopMode
  /** The addresses beside {@link publicUrl} that a proof may name, without a slash at their end. */
  dpopBaseUrls: readonly string[]
  /** The paths of mailed links below {@link linkBaseUrl}. */
  linkPaths: LinkPaths
  emailVerification: EmailVerification
  emailConfirmationLifetimeSeconds: number
  passwordResetLifetimeSeconds: number
  /** How long the link of an invitation works. */
  invitationLifetimeSeconds: number
  /** The life of a reset token: how long the password may be set after a reset link was opened. */
  openedLinkLifetimeSeconds: number
  /** Whether a sign-up for a taken address gets the same answer as one for a free address. */
  preventEnumeration: boolean
  oldPasswordRequired: boolean
  logoutOnPasswordChange: boolean
  auditTruncateIp: boolean
  /** Whether users may or must have a second factor. */
  mfaMode: MfaMode
  /** The roles that must have a second factor, whatever the mode. */
  mfaRequiredRoles: readonly number[]
  /** The name in authenticator apps and in the dialogs of passkeys; without a colon. */
  mfaIssuer: string
  /** How long a sign-in waits for its second step, and how long an answer of a passkey is awaited. */
  mfaChallengeLifetimeSeconds: number
  /** How long a sign-in waits for the set-up of a second factor, and how long an unconfirmed secret works. */
  mfaSetupLifetimeSeconds: number
  /** How many codes are tried for a user in a window. */
  mfaMaxAttempts: number
  /** The length of that window. */
  mfaLockoutSeconds: number
  /** How long a proof counts as recent. */
  reauthenticationMaxAgeSeconds: number
  /** Whether passkeys count and can be added. */
  passkeysEnabled: boolean
  /** The domain that passkeys belong to. */
  passkeyRpId: string
  /** The exact origins whose pages may use passkeys. */
  passkeyOrigins: readonly string[]
  /** Where the redirect flow may lead back to: origins with path prefixes, or addresses of apps. */
  providerReturnUrls: readonly string[]
  /** What the operator calls the service, and how its mails look. */
  brand: Brand
  /** Where a mail leads a person who acts on its account. */
  accountPages: AccountPages
  /** The language of a mail to a user without one. */
  defaultLanguage: LanguageTag
}

/** The settings that have a default, for the server and the tests. */
export const DEFAULT_CORE_CONFIG: Omit<
  CoreConfig,
  'publicUrl' | 'linkBaseUrl' | 'linkPaths' | 'passkeyRpId' | 'passkeyOrigins'
> = {
  accessTokenLifetimeSeconds: 30 * MINUTE_SECONDS,
  refreshTokenLifetimeSeconds: 14 * DAY_SECONDS,
  sessionLifetimeSeconds: null,
  sessionsPerAccount: 100,
  refreshGraceSeconds: 30,
  restPrefix: '',
  dpop: 'optional',
  dpopBaseUrls: [],
  emailVerification: 'none',
  emailConfirmationLifetimeSeconds: 3 * DAY_SECONDS,
  passwordResetLifetimeSeconds: HOUR_SECONDS,
  invitationLifetimeSeconds: 3 * DAY_SECONDS,
  openedLinkLifetimeSeconds: HOUR_SECONDS,
  preventEnumeration: true,
  oldPasswordRequired: true,
  logoutOnPasswordChange: true,
  auditTruncateIp: false,
  mfaMode: 'optional',
  mfaRequiredRoles: [],
  mfaIssuer: DEFAULT_BRAND.name,
  mfaChallengeLifetimeSeconds: 5 * MINUTE_SECONDS,
  mfaSetupLifetimeSeconds: 15 * MINUTE_SECONDS,
  mfaMaxAttempts: 10,
  mfaLockoutSeconds: 15 * MINUTE_SECONDS,
  reauthenticationMaxAgeSeconds: 15 * MINUTE_SECONDS,
  passkeysEnabled: true,
  providerReturnUrls: [],
  brand: DEFAULT_BRAND,
  accountPages: { signIn: null, forgotPassword: null },
  defaultLanguage: SOURCE_LANGUAGE,
}

/** The client that a request comes from. */
export interface Client {
  /** The IP address, from the connection or from a trusted proxy; null when it is not known. */
  ip: string | null
  /** The User-Agent header, cut to a maximum length; null when the client sent none. */
  userAgent: string | null
  /** The Accept-Language header, cut to a maximum length; null when the client sent none. */
  acceptLanguage: string | null
  /** What the request says for DPoP; null without the header, or when the server does not look at it. */
  proof: PresentedProof | null
}

/** A `DPoP` header, and the request that it has to name. */
export interface PresentedProof {
  /** The value as it came; of several headers, all of them joined by a comma. */
  header: string
  /** The method of the request, in capitals. */
  method: string
  /** The path of the request as it was sent, in its canonical form, without the query. */
  path: string
  /** Development: the port that took the request. A proof may name it with each name of this machine. */
  loopbackPort?: number
}

/** What every operation gets: the services of the process, and the client of the request. */
export interface Context {
  db: Database
  clock: Clock
  hasher: Hasher
  decoys: Decoys
  keys: KeyRing
  outbox: Outbox
  secrets: Secrets
  /** Judges the tokens of the deployment from which users were moved in; null without its settings. */
  oldTokens: OldTokens | null
  /** The providers that people may sign in with. */
  providers: Providers
  throttle: Throttle
  log: Logger
  /** Hears what an operation does: `ctx.watch.note('refresh_replayed', {})`. */
  watch: Watch
  config: CoreConfig
  client: Client
  /** The key that a session of this call is bound to; null for none. Only a checked proof sets it. */
  binding: Binding | null
}
