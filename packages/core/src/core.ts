import type { JWK } from 'jose'
import type { Logger } from 'pino'
import { createClock } from './clock.ts'
import type { Client, Context, CoreConfig } from './context.ts'
import { type DatabaseOptions, migrateDatabase, openDatabase } from './database.ts'
import { createHasher, type HashParameters } from './passwords/hasher.ts'
import { purgeExpiredSessions } from './sessions/store.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './time.ts'
import { openKeyRing } from './tokens/key-ring.ts'
import { deriveSecrets } from './tokens/secrets.ts'
import type { SigningAlgorithm } from './tokens/signing-key.ts'

/** Everything the domain needs to run. */
export interface CoreOptions {
  database: DatabaseOptions
  /** At least 32 bytes of real entropy. */
  secretKey: string
  /** Former secrets, accepted but not used. */
  secretKeyFallbacks: string[]
  jwtAlgorithm: SigningAlgorithm
  passwordHash: HashParameters
  /** Hashes at once, and calls that may wait for one. */
  hashLimits: { concurrency: number; queue: number }
  config: CoreConfig
  log: Logger
  /** Shifts both clocks, for tests that step over an expiry. */
  clockShift?: { seconds: number }
}

/** The running domain. */
export interface Core {
  /** What an operation done for this client is handed. */
  context(client: Client, log: Logger): Context
  /** Answers whether the database can be reached; it was migrated when the core was opened. */
  isReady(): Promise<boolean>
  /** The public keys access tokens verify against. */
  jwks(): { keys: JWK[] }
  /** Stops the housekeeping and closes the pool. */
  close(): Promise<void>
}

/** Retired keys verify a little longer than the last token they signed lives. */
const KEY_OVERLAP_SECONDS = 10 * MINUTE_SECONDS

/**
 * Connects, migrates and loads the keys.
 *
 * @throws when the database cannot be reached or migrated, or its keys belong to another secret; nothing stays open
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { config, log } = options
  await migrateDatabase(options.database)
  const connection = openDatabase(options.database)
  const { db } = connection
  try {
    const clock = createClock(options.clockShift)
    const secrets = deriveSecrets(options.secretKey, options.secretKeyFallbacks)
    const hasher = await createHasher(options.passwordHash, options.hashLimits)
    const keys = await openKeyRing({
      db,
      clock,
      log,
      secrets: secrets['signing-key'],
      algorithm: options.jwtAlgorithm,
      overlapSeconds: config.accessTokenLifetimeSeconds + KEY_OVERLAP_SECONDS,
    })
    const shared = { db, clock, hasher, keys, secrets, config }
    const housekeeping = setInterval(() => {
      purgeExpiredSessions(db, clock.after(-DAY_SECONDS)).catch((error: unknown) =>
        log.error({ err: error }, 'expired sessions could not be purged'),
      )
    }, HOUR_SECONDS * 1000)
    return {
      context: (client, requestLog) => ({ ...shared, client, log: requestLog }),
      isReady: () =>
        connection.sql`select 1`.then(
          () => true,
          () => false,
        ),
      jwks: () => ({ keys: keys.published() }),
      close: async () => {
        clearInterval(housekeeping)
        await connection.close()
      },
    }
  } catch (error) {
    await connection.close()
    throw error
  }
}
