import type { JWK } from 'jose'
import type { Logger } from 'pino'
import { type Census, createCensus } from './census.ts'
import type { Client, Context, CoreConfig } from './context.ts'
import { type Clock, createClock } from './database/clock.ts'
import { DEFAULT_CLOCK_TOLERANCE_SECONDS, readDatabaseClock, watchClock } from './database/clock-watch.ts'
import { type DatabaseConnection, type DatabaseOptions, openDatabase } from './database/connection.ts'
import { migrateDatabase, requireMigrated } from './database/migrate.ts'
import { createReadiness } from './database/readiness.ts'
import { requireRights } from './database/rights.ts'
import { type Overdue, readOverdue } from './housekeeping/read-overdue.ts'
import { startHousekeeping } from './housekeeping/start-housekeeping.ts'
import { type Load, readLoad } from './load.ts'
import { createDecoys } from './services/decoys.ts'
import { makeNonce } from './services/dpop/nonce.ts'
import { ARGON2 } from './services/hash-function.ts'
import type { HashLimits } from './services/hash-queue.ts'
import { createHasher, type HashParameters } from './services/hasher.ts'
import { openKeyRing } from './services/keys/key-ring.ts'
import { openSecrets, type SecretSource } from './services/keys/live-secrets.ts'
import { type OldTokenOptions, openOldTokens } from './services/keys/old-tokens.ts'
import { reportOldTokens } from './services/keys/report-old-tokens.ts'
import { canOpenKeys } from './services/keys/stored-keys.ts'
import { createMailer, type MailerOptions } from './services/mail/mailer.ts'
import { createProviders, type ProvidersOfCall } from './services/providers/create-providers.ts'
import type { Fetch } from './services/providers/provider-fetch.ts'
import type { ProviderSettings } from './services/providers/provider-settings.ts'
import { type ListedProvider, NO_PROVIDERS, type Providers } from './services/providers/providers.ts'
import { warnOfForeignSecrets } from './services/second-factor/warn-of-foreign-secrets.ts'
import { warnOfLostFactors } from './services/second-factor/warn-of-lost-factors.ts'
import { createThrottle, type ThrottleSettings } from './services/throttle/throttle.ts'
import { TABLE_NAMES } from './tables/table-names.ts'
import type { SigningAlgorithm } from './words/signing-algorithms.ts'
import { DAY_SECONDS, MINUTE_SECONDS } from './words/time.ts'
import { UNWATCHED, type Watch } from './words/watch.ts'

/** What {@link createCore} needs. */
export interface CoreOptions {
  database: DatabaseOptions
  /** False: the start changes no table, and fails when a migration waits. Default: true. */
  migrateOnStart?: boolean
  /** At least 32 bytes of real entropy. */
  secretKey: string
  /** Former secrets: what they signed or encrypted is still accepted, and they sign and encrypt nothing new. */
  secretKeyFallbacks: string[]
  /** Reads both again while the process runs; null or not given: they stay. */
  secretSource?: SecretSource | null
  /** How the deployment signed its tokens from which users were moved in; null or not given: no old token counts. */
  oldTokens?: OldTokenOptions | null
  /** Whether the start says in the log what becomes of old tokens. Default: true. */
  tellsOldTokens?: boolean
  jwtAlgorithm: SigningAlgorithm
  /** How long a key signs before the next one takes its place; null for ever. Default: 90 days. */
  signingKeyLifetimeSeconds?: number | null
  passwordHash: HashParameters
  hashLimits: HashLimits
  config: CoreConfig
  mail: Pick<MailerOptions, 'mode' | 'smtpUrl' | 'from' | 'mailboxDir' | 'templatesDir'>
  auditRetentionSeconds: number
  /** The providers that people may sign in with. Default: none. */
  providerSettings?: ProviderSettings
  /** Replaces the network of these providers, in tests. */
  providerFetch?: Fetch
  /** Replaces all of it, in tests. */
  providers?: Providers
  throttle: ThrottleSettings
  log: Logger
  /** How far the clock may be from that of the database before the server is not ready; null for any. Default: 60. */
  clockToleranceSeconds?: number | null
  /** Hears what the core does; nobody unless given. */
  watch?: Watch
  /** Shifts the clocks of the process and of the database, for tests that step over an expiry. */
  clockShift?: { seconds: number }
}

/** The running core. */
export interface Core {
  context(client: Client, log: Logger): Context
  /** Starts to send queued mail. Other processes send the mail of a process that does not call this. */
  startMail(): Promise<void>
  /**
   * Answers whether the database can be reached, takes writes, and has the migrations of this build, and whether its
   * clock agrees with ours.
   */
  isReady(): Promise<boolean>
  jwks(): { keys: JWK[] }
  /** Lists the providers that people may sign in with, in the order of the settings. */
  listProviders(): ListedProvider[]
  /** Makes the nonce for the next proof of a caller, see {@link makeNonce}. */
  proofNonce(): string
  /** Counts what this process does at this moment. It asks nobody. */
  readLoad(): Load
  /** Reads the state that all processes share. See {@link createCensus}. */
  takeCensus(): Promise<Census>
  /** Reads what waits for the housekeeping, see {@link readOverdue}. */
  readOverdue(): Promise<Overdue[]>
  /** Stops the housekeeping and the mailer, then closes the throttle and the pool. */
  close(): Promise<void>
}

/** How long a key signs, unless the settings say otherwise. */
export const DEFAULT_SIGNING_KEY_LIFETIME_SECONDS = 90 * DAY_SECONDS

/** A retired key verifies this much longer than the life of the last token it signed. */
const KEY_OVERLAP_SECONDS = 10 * MINUTE_SECONDS

/**
 * Starts the core: migrates the database or checks it, opens the pool and loads the keys.
 *
 * @throws when the database cannot be reached or migrated, or when no known secret decrypts its keys; no connection
 *   stays open
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { migrateOnStart = true, watch = UNWATCHED } = options
  const prepare = migrateOnStart ? migrateDatabase : requireMigrated
  await prepare(options.database, (sentence) => options.log.warn(sentence))
  const connection = openDatabase({
    ...options.database,
    watch,
    onUnconfirmedCommit: () => {
      watch.note('commit_unconfirmed', {})
      options.log.warn(
        { event: 'commit_unconfirmed' },
        'a commit waited for a standby in vain, and was done here alone',
      )
    },
  })
  try {
    return await assembleCore(options, connection)
  } catch (error) {
    await connection.close()
    throw error
  }
}

function openProviders(
  { providerSettings, providerFetch: fetch }: CoreOptions,
  parts: { clock: Clock; watch: Watch },
): ProvidersOfCall {
  return providerSettings ? createProviders(providerSettings, { ...parts, fetch }) : () => NO_PROVIDERS
}

async function assembleCore(options: CoreOptions, connection: DatabaseConnection): Promise<Core> {
  const { config, log, watch = UNWATCHED } = options
  const { db, patientDb, sql, counters } = connection
  await requireRights(sql, TABLE_NAMES)
  const clock = createClock(options.clockShift)
  const { signingKeyLifetimeSeconds = DEFAULT_SIGNING_KEY_LIFETIME_SECONDS } = options
  const overlapSeconds = config.accessTokenLifetimeSeconds + KEY_OVERLAP_SECONDS
  const { secrets, ...liveSecrets } = openSecrets({
    ...{ first: options, source: options.secretSource ?? null, clock, log },
    isFit: (next) => canOpenKeys(db, { clock, overlapSeconds, encryptionKeys: next['signing-key'] }),
  })
  const keys = await openKeyRing({
    ...{ db, clock, log, overlapSeconds },
    encryptionKeys: secrets['signing-key'],
    algorithm: options.jwtAlgorithm,
    lifetimeSeconds: signingKeyLifetimeSeconds,
  })
  await warnOfForeignSecrets(db, secrets, log)
  const hasher = await createHasher(options.passwordHash, options.hashLimits, ARGON2, watch)
  const decoys = createDecoys({ db: patientDb, keys: secrets.decoy, hasher, clock, log })
  const mailer = await createMailer({
    ...options.mail,
    sql,
    log,
    watch,
    keys: secrets.mail,
    publicUrl: config.publicUrl,
    brand: config.brand,
    pages: config.accountPages,
    defaultLanguage: config.defaultLanguage,
    install: options.migrateOnStart,
  })
  const { auditRetentionSeconds } = options
  const { sessionsPerAccount } = config
  const throttle = await createThrottle(options.throttle, { keys: secrets.throttle, counters, log, watch })
  await warnOfLostFactors(db, config.passkeysEnabled ? config.passkeyRpId : null, log)
  const oldTokens = options.oldTokens ? openOldTokens(options.oldTokens) : null
  if (options.tellsOldTokens ?? true) await reportOldTokens({ db, isAccepted: oldTokens !== null, log })
  const { providers } = options
  const providersOf = providers ? () => providers : openProviders(options, { clock, watch })
  const services = { hasher, decoys, keys, secrets, oldTokens, outbox: mailer.outbox, throttle }
  const shared = { db, clock, config, watch, ...services }
  const stopHousekeeping = startHousekeeping({
    db,
    patientDb,
    clock,
    log,
    auditRetentionSeconds,
    sessionsPerAccount,
  })
  const { clockToleranceSeconds: toleranceSeconds = DEFAULT_CLOCK_TOLERANCE_SECONDS } = options
  const clockWatch = watchClock({ toleranceSeconds, log })
  const isReady = createReadiness(db, clockWatch)
  await liveSecrets.start()
  // Tells of a wrong clock also where nobody asks whether the server is ready.
  clockWatch.compare(await readDatabaseClock(db))
  const readDue = () => readOverdue({ ...shared, auditRetentionSeconds })
  return {
    context: (client, callLog) => {
      const ofCall = { client, log: callLog, providers: providersOf(callLog) }
      return { ...shared, ...ofCall, binding: null }
    },
    startMail: () => mailer.start(),
    isReady,
    jwks: () => ({ keys: keys.published() }),
    listProviders: () => providersOf(log).list(),
    proofNonce: () => makeNonce(secrets['dpop-nonce'], clock.epochSeconds()),
    readLoad: () => readLoad({ hasher, throttle, connection }),
    takeCensus: createCensus({
      keys,
      isReady,
      outbox: mailer.outbox,
      ping: () => sql.unsafe('select 1'),
      clockOffsetSeconds: clockWatch.offsetSeconds,
      readOverdue: readDue,
    }),
    readOverdue: readDue,
    close: async () => {
      liveSecrets.stop()
      await stopHousekeeping()
      await mailer.stop()
      throttle.close()
      await decoys.settle()
      await connection.close()
    },
  }
}
