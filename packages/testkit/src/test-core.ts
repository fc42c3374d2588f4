import { LINK_PATHS } from '@latchkey/contract/links'
import {
  type Client,
  type Context,
  type Core,
  type CoreConfig,
  type CoreOptions,
  createCore,
  DEFAULT_CORE_CONFIG,
  NO_LIMITS,
} from '@latchkey/core'
import pino from 'pino'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** The secret of every test server. It is long enough, and no real server uses it. */
export const TEST_SECRET_KEY = 'a-secret-of-tests-0123456789-abcdefghijklmnopqrstuvwxyz'

/** The weakest parameters of Argon2id. Tests check when a hash is made, not its strength. */
export const FAST_HASH = { memoryKib: 8, passes: 1, lanes: 1 }

const CONFIG: CoreConfig = {
  ...DEFAULT_CORE_CONFIG,
  publicUrl: 'http://localhost:3000',
  linkBaseUrl: 'http://localhost:3000',
  linkPaths: LINK_PATHS,
  passkeyRpId: 'localhost',
  passkeyOrigins: ['http://localhost:3000'],
}

/** The domain on its own database. */
export interface TestCore {
  core: Core
  /** The context of one client. */
  ctx: Context
  database: TestDatabase
  /** Steps both clocks: `clock.seconds += 60`. */
  clock: { seconds: number }
  /** A context for another client. */
  contextOf(client: Partial<Client>): Context
  close(): Promise<void>
}

/** The options of {@link createTestCore}. All other options of the core have a default. */
export interface TestCoreOptions extends Partial<Omit<CoreOptions, 'config' | 'database'>> {
  /** The settings that differ from the defaults. */
  config?: Partial<CoreConfig>
  /** The parts of the pool that differ from 20 connections and a deadline of a minute. */
  pool?: Partial<Pick<CoreOptions['database'], 'poolSize' | 'deadlineMilliseconds'>>
  /** The database of another test core, which this core shares like a second server. The other core drops it. */
  database?: TestDatabase
  /** False behind PgBouncer. */
  prepare?: boolean
}

/** The tests hold locks, and many callers wait for a connection. On a busy machine that takes longer than five seconds. */
const PATIENT_POOL = { poolSize: 20, deadlineMilliseconds: 60_000 }

/** Opens the domain, on a new database unless one is given. */
export async function createTestCore({
  database: shared,
  pool,
  prepare = true,
  ...options
}: TestCoreOptions = {}): Promise<TestCore> {
  const isMailing = (options.mail?.mode ?? 'off') !== 'off'
  const database = shared ?? (await createTestDatabase({ mail: isMailing }))
  const clock = options.clockShift ?? { seconds: 0 }
  const log = options.log ?? pino({ level: 'silent' })
  const core = await createCore({
    database: { url: database.url, prepare, ...PATIENT_POOL, ...pool },
    secretKey: TEST_SECRET_KEY,
    secretKeyFallbacks: [],
    jwtAlgorithm: 'ES256',
    passwordHash: FAST_HASH,
    hashLimits: { concurrency: 2, queue: 1000 },
    auditRetentionSeconds: 365 * 86_400,
    mail: {
      mode: 'off',
      smtpUrl: null,
      from: 'Latchkey <no-reply@localhost>',
      mailboxDir: null,
      templatesDir: null,
    },
    throttle: { store: 'memory', redisUrl: null, limits: NO_LIMITS },
    ...options,
    log,
    clockShift: clock,
    config: { ...CONFIG, ...options.config },
  })
  const contextOf = (client: Partial<Client>) =>
    core.context({ ip: '192.0.2.1', userAgent: 'test/1', acceptLanguage: null, proof: null, ...client }, log)
  return {
    core,
    database,
    clock,
    contextOf,
    ctx: contextOf({}),
    close: async () => {
      await core.close()
      if (!shared) await database.drop()
    },
  }
}
