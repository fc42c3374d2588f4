import { DatabaseUrlError, describeAddress, readDatabaseUrl } from '@latchkey/core'
import type { Config } from './config/index.ts'
import { ConfigError } from './config/index.ts'
import { describeDatabaseFailure, type FailedDatabase } from './database-failure.ts'

export type StartStep = 'listen' | 'metrics' | 'data folder' | 'database'

/** Errors whose messages are written for the terminal. */
const SPEAKING_ERRORS = new Set([
  'EmbeddedPostgresError',
  'DevelopmentSecretError',
  'DatabaseSetupError',
  'SchemaError',
  'RightsError',
  'MigrationError',
])

/** Explains for the operator's terminal, in a sentence or a list, why the server did not start. */
export function describeStartFailure(error: unknown, step: StartStep | null, config: Config | null): string {
  if (error instanceof ConfigError) return describeMistakes(error.mistakes)
  if (error instanceof DatabaseUrlError) return `DATABASE_URL ${error.message}.`
  // The error is known by its name, because its package is loaded only when it is needed.
  if (!config || (error instanceof Error && SPEAKING_ERRORS.has(error.name))) return readMessage(error)
  if (step === 'listen') return describeListenFailure(readCode(error), config)
  if (step === 'metrics') return describeMetricsFailure(readCode(error), config)
  if (step === 'data folder') return describeFolderFailure(readCode(error), config)
  return describeDatabaseFailure(error, nameDatabase(config)) ?? readMessage(error)
}

function describeMistakes(mistakes: string[]): string {
  const [only, ...others] = mistakes
  if (only && others.length === 0) return `${only}.`
  return `${mistakes.length} settings need attention:\n${mistakes.map((line) => `  ${line}.`).join('\n')}`
}

function describeListenFailure(code: string, { host, port }: Config): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken; stop its owner or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} may not be used by this user; set PORT to one above 1023.`
  return `HOST ${host} is not an address of this machine that port ${port} can be opened on (${code}).`
}

function describeMetricsFailure(code: string, { metrics }: Config): string {
  return `The metrics cannot be served on port ${metrics?.port} of ${metrics?.host} (${code}); set METRICS_PORT or METRICS_HOST.`
}

function describeFolderFailure(code: string, { dataDir }: Config): string {
  return `The data folder ${dataDir} cannot be written (${code}); set DATA_DIR to a folder of this user.`
}

/** Names the database that the server was started on. */
function nameDatabase({ databaseUrl }: Config): FailedDatabase {
  if (databaseUrl === null) return { place: 'that comes with the server', user: 'its user' }
  const address = readDatabaseUrl(databaseUrl)
  return { place: `of DATABASE_URL at ${describeAddress(address)}`, user: address.user }
}

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : readMessage(error)
}

function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
