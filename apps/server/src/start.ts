import { availableParallelism } from 'node:os'
import { type Core, createCore } from '@latchkey/core'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { getDevelopmentSecret } from './config/development-secret.ts'
import type { Config } from './config/index.ts'
import { type HttpServer, listen } from './http/server.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { StartStep } from './start-failure.ts'

/** As many wait for a hash as are done in a few seconds; the next is told to come back. */
const WAITING_HASHES_PER_CORE = 100

interface StartOptions {
  config: Config
  log: Logger
  lifecycle: Lifecycle
  /** Hears what is being done, so that a failure can be named. */
  onStep: (step: StartStep) => void
}

/**
 * Starts the server: port, secret, database, domain, doors.
 *
 * @returns the port it listens on
 */
export async function start({ config, log, lifecycle, onStep }: StartOptions): Promise<number> {
  onStep('listen')
  const http = await lifecycle.open({
    open: () => listen(config),
    close: (server: HttpServer) => server.close(),
  })
  onStep('data folder')
  const secretKey = config.secretKey ?? (await getDevelopmentSecret(config.dataDir))
  onStep('database')
  const url = config.databaseUrl ?? (await startOwnDatabase(config, log, lifecycle))
  const core = await lifecycle.open({
    open: () => createCore(describeCore({ config, log, secretKey, url })),
    close: (opened: Core) => opened.close(),
  })
  await core.startMail()
  http.serve(createApp({ core, log, config }).fetch)
  return http.port
}

async function startOwnDatabase(config: Config, log: Logger, lifecycle: Lifecycle): Promise<string> {
  const { startEmbeddedPostgres } = await import('@latchkey/embedded-postgres')
  const database = await lifecycle.open({
    open: () => startEmbeddedPostgres({ dataDir: config.dataDir, report: (line) => log.info(line) }),
    close: (running: { stop(): Promise<void> }) => running.stop(),
  })
  return database.url
}

function describeCore(parts: { config: Config; log: Logger; secretKey: string; url: string }) {
  const { config, log, secretKey, url } = parts
  const cores = availableParallelism()
  return {
    database: { url, poolSize: config.databasePoolSize, prepare: config.databasePrepare },
    secretKey,
    secretKeyFallbacks: config.secretKeyFallbacks,
    jwtAlgorithm: config.jwtAlgorithm,
    passwordHash: config.passwordHash,
    hashLimits: { concurrency: cores, queue: cores * WAITING_HASHES_PER_CORE },
    config,
    mail: config.mail,
    log,
  }
}
