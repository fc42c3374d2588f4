import { describeFault, isUnavailable } from '../doors/unavailable.ts'
import type { Config } from './config/index.ts'
import { ConfigError } from './config/index.ts'

export type StartStep = 'listen' | 'data folder' | 'database'

const DATABASE_SENTENCES: Record<string, string> = {
  '28P01': 'refused the user name or password',
  '28000': 'refused the user',
  '3D000': 'does not exist',
  ENOTFOUND: 'has a host name that nobody knows',
  CONNECT_TIMEOUT: 'did not answer in time',
}

const INSUFFICIENT_PRIVILEGE = '42501'
const NEEDED_PRIVILEGES =
  'make what it needs: that user must own the database, or may CREATE in it and in the schema of its tables; or run latchkey migrate with such a user'

/** Errors whose messages are written for the terminal. */
const SPEAKING_ERRORS = new Set([
  'EmbeddedPostgresError',
  'DevelopmentSecretError',
  'SchemaError',
  'MigrationError',
])

/** Explains for the operator's terminal, in a sentence or a list, why the server did not start. */
export function describeStartFailure(error: unknown, step: StartStep | null, config: Config | null): string {
  if (error instanceof ConfigError) return describeMistakes(error.mistakes)
  // The error is known by its name, because its package is loaded only when it is needed.
  if (!config || (error instanceof Error && SPEAKING_ERRORS.has(error.name))) return readMessage(error)
  if (step === 'listen') return describeListenFailure(readCode(error), config)
  if (step === 'data folder') return describeFolderFailure(readCode(error), config)
  return describeDatabaseFailure(error, config)
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

function describeFolderFailure(code: string, { dataDir }: Config): string {
  return `The data folder ${dataDir} cannot be written (${code}); set DATA_DIR to a folder of this user.`
}

function describeDatabaseFailure(error: unknown, { databaseUrl }: Config): string {
  const codes = describeFault(error).flatMap(({ code }) => code ?? [])
  const known = codes.flatMap((code) => DATABASE_SENTENCES[code] ?? [])[0]
  const isForbidden = codes.includes(INSUFFICIENT_PRIVILEGE)
  if (!known && !isForbidden && !isUnavailable(error))
    return `The database could not be opened: ${describeCause(error)}`
  const user = databaseUrl ? decodeURIComponent(new URL(databaseUrl).username) : 'its user'
  const place = databaseUrl
    ? `of DATABASE_URL at ${describePlace(databaseUrl)}`
    : 'that comes with the server'
  if (isForbidden) return `The database ${place} does not let ${user} ${NEEDED_PRIVILEGES}.`
  return `The database ${place} ${known ?? `cannot be reached (${codes[0]})`}.`
}

/** The message of PostgreSQL or the driver, without the failed statement. */
function describeCause(error: unknown): string {
  return describeFault(error).at(-1)?.message ?? ''
}

/** The host and name of the database, without user and password. */
function describePlace(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : readMessage(error)
}

function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
