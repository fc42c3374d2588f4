import { availableParallelism } from 'node:os'
import { LINK_PATHS } from '@latchkey/contract'
import { type Core, createCore, type DatabaseOptions, type Watch } from '@latchkey/core'
import type { Logger } from 'pino'
import { getDevelopmentSecret } from './config/development-secret.ts'
import type { Config } from './config/index.ts'
import { createSecretSource } from './config/secret-source.ts'
import { findAccountPages } from './find-account-pages.ts'
import type { Lifecycle } from './lifecycle.ts'
import { limitHashes } from './limit-hashes.ts'
import { makeFolder } from './make-folder.ts'
import type { StartStep } from './start-failure.ts'
import { watchProcess } from './watch-database-process.ts'

export interface StartOptions {
  config: Config
  log: Logger
  lifecycle: Lifecycle
  /** Receives the name of each step of the start, so that a failure can be explained. */
  onStep: (step: StartStep) => void
  /** Hears what the domain does; nobody unless given. */
  watch?: Watch
  /** False for a command, which serves no old token. Default: true. */
  tellsOldTokens?: boolean
}

/**
 * Opens secret, database and domain, for the server and the command line.
 *
 * @param located - the database, where {@link locateDatabase} was called before
 */
export async function openDomain(options: StartOptions, located?: DatabaseOptions): Promise<Core> {
  const { config, log, lifecycle, onStep, watch, tellsOldTokens = true } = options
  onStep('data folder')
  if (config.mail.mailboxDir !== null) await makeFolder(config.dataDir)
  const secretKey = config.secretKey ?? (await getDevelopmentSecret(config.dataDir))
  const database = located ?? (await locateDatabase(options))
  onStep('database')
  return lifecycle.open({
    open: () => createCore({ ...describeCore({ config, log, secretKey, database }), watch, tellsOldTokens }),
    close: (opened: Core) => opened.close(),
  })
}

/** Says how to reach the database. The database that comes with the server is started first. */
export async function locateDatabase(options: StartOptions): Promise<DatabaseOptions> {
  const { config, log, lifecycle, onStep } = options
  onStep('data folder')
  if (config.databaseUrl === null) await makeFolder(config.dataDir)
  onStep('database')
  const url = config.databaseUrl ?? (await startOwnDatabase(config, log, lifecycle))
  return { url, poolSize: config.databasePoolSize, prepare: config.databasePrepare }
}

async function startOwnDatabase(config: Config, log: Logger, lifecycle: Lifecycle): Promise<string> {
  const { startEmbeddedPostgres } = await import('@latchkey/embedded-postgres')
  const database = await lifecycle.open({
    open: async () => {
      const running = await startEmbeddedPostgres({
        dataDir: config.dataDir,
        report: (line) => log.info(line),
      })
      return { ...running, unwatch: watchProcess(running.pid) }
    },
    close: async (running: { unwatch(): void; stop(): Promise<void> }) => {
      running.unwatch()
      await running.stop()
    },
  })
  return database.url
}

function describeCore(parts: { config: Config; log: Logger; secretKey: string; database: DatabaseOptions }) {
  const { config, log, secretKey, database } = parts
  return {
    database,
    migrateOnStart: config.migrateOnStart,
    secretKey,
    secretKeyFallbacks: config.secretKeyFallbacks,
    secretSource: createSecretSource(config),
    oldTokens: config.oldTokens,
    jwtAlgorithm: config.jwtAlgorithm,
    signingKeyLifetimeSeconds: config.signingKeyLifetimeSeconds,
    passwordHash: config.passwordHash,
    hashLimits: limitHashes({
      cores: availableParallelism(),
      memoryBytes: process.constrainedMemory(),
      hashKib: config.passwordHash.memoryKib,
    }),
    config: { ...config, linkPaths: LINK_PATHS, accountPages: findAccountPages(config) },
    auditRetentionSeconds: config.auditRetentionSeconds,
    mail: config.mail,
    providerSettings: config.providerSettings,
    throttle: config.throttle,
    clockToleranceSeconds: config.clockToleranceSeconds,
    log,
  }
}
