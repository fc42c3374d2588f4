import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates } from 'node:tls'
import type postgres from 'postgres'
import { type DatabaseAddress, isSocket, socketPath } from './database-address.ts'
import { DRIVER_TYPES } from './driver-types.ts'
import { describeSession } from './session-settings.ts'
import { DatabaseUrlError } from './url-mistakes.ts'
import type { TlsRules } from './url-tls.ts'

const CONNECT_TIMEOUT_SECONDS = 5
const RECONNECT_MIN_SECONDS = 0.05
const RECONNECT_MAX_SECONDS = 1
const KEEP_ALIVE_SECONDS = 60
const MAX_PIPELINE = 100

/**
 * Everything that the driver is told.
 *
 * The driver asks the environment for what it is not told, so it is told everything. `driver-options.test.ts` holds it.
 */
export function describeDriver(
  address: DatabaseAddress,
  pool: {
    poolSize: number
    prepare: boolean
    statementTimeout?: number
    /** Is called when a commit waited for a standby in vain. */
    onUnconfirmedCommit?: () => void
  },
): postgres.Options<never> {
  const { hosts, user, password, database } = address
  const [first] = hosts
  const path = first && isSocket(first) ? socketPath(first) : undefined
  const options = {
    host: hosts.map(({ host }) => host),
    port: hosts.map(({ port }) => port),
    path,
    user,
    // A function, since the driver looks for another password when this one is empty.
    pass: () => password,
    database,
    // PostgreSQL has no TLS on a socket, and its own clients ignore the mode there.
    ssl: path ? false : readTls(address.tls),
    sslnegotiation: null,
    target_session_attrs: address.target === 'any' ? undefined : address.target,
    max: pool.poolSize,
    prepare: pool.prepare,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    idle_timeout: null,
    max_lifetime: describeLifetime,
    max_pipeline: MAX_PIPELINE,
    keep_alive: KEEP_ALIVE_SECONDS,
    backoff: describeBackoff,
    debug: false,
    publications: '',
    fetch_types: false,
    types: DRIVER_TYPES,
    // The text of the warning is translated, the name of its place is not.
    onnotice: ({ routine }: postgres.Notice) =>
      routine === 'SyncRepWaitForLSN' && pool.onUnconfirmedCommit?.(),
    connection: describeSession(address, pool),
  }
  // The types of the driver know one host only, and less options than the driver.
  return options as unknown as postgres.Options<never>
}

/** @throws {DatabaseUrlError} when a file cannot be read, or the system has no certificates */
function readTls({ mode, rootCert, client }: TlsRules): object | string | false {
  if (mode === 'disable') return false
  if (mode === 'prefer') return 'prefer'
  return {
    ca: rootCert === null ? undefined : readRoots(rootCert),
    rejectUnauthorized: mode !== 'require',
    ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }),
    ...(client && readPair(client)),
  }
}

/** The driver hands the files to Node.js in an event, where nobody catches a file that is of no use. */
function readPair({ cert, key, passphrase }: NonNullable<TlsRules['client']>) {
  const pair = {
    cert: readFile('sslcert', cert),
    key: readFile('sslkey', key),
    passphrase: passphrase ?? undefined,
  }
  try {
    createSecureContext(pair)
    return pair
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'error'
    throw new DatabaseUrlError(`has an sslcert and sslkey that cannot be used together: ${reason}`, { cause })
  }
}

function readRoots(rootCert: string): string | string[] {
  if (rootCert !== 'system') return requireCertificate(readFile('sslrootcert', rootCert))
  const roots = getCACertificates('system')
  if (roots.length > 0) return roots
  throw new DatabaseUrlError('has sslrootcert=system, and this system has no trusted certificates')
}

/** Node.js trusts nobody, and says nothing, when a file has no certificate. */
function requireCertificate(text: string): string {
  try {
    new X509Certificate(text)
    return text
  } catch (cause) {
    throw new DatabaseUrlError('has an sslrootcert whose file has no readable certificate in PEM', { cause })
  }
}

function readFile(parameter: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'error'
    throw new DatabaseUrlError(`has an ${parameter} whose file cannot be read (${code})`, { cause })
  }
}

/** Connections that were opened together do not end together. */
function describeLifetime(): number {
  return 60 * (30 + Math.random() * 30)
}

/** The driver's own backoff grows to twenty seconds, so that a server outlived a short outage by that much. */
function describeBackoff(failures: number): number {
  const seconds = Math.min(RECONNECT_MIN_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS)
  return seconds * (0.5 + Math.random() / 2)
}
