import { isIP, isIPv6 } from 'node:net'
import { userInfo } from 'node:os'
import { DatabaseUrlError, decodePart, refuse } from './url-mistakes.ts'
import { type Parameters, readParameters } from './url-parameters.ts'
import { readTlsRules, type TlsRules } from './url-tls.ts'

/** Where one PostgreSQL listens. */
export interface DatabaseHost {
  /** A name, an IP address without brackets, or the absolute folder of a socket. */
  host: string
  port: number
}

/** How to reach PostgreSQL: everything that its URL says. */
export interface DatabaseAddress {
  /** At least one. They are tried in this order. */
  hosts: DatabaseHost[]
  user: string
  /** Empty without a password. */
  password: string
  database: string
  applicationName: string
  /** Further settings of each connection, as PostgreSQL's parameter `options` has them, or null. */
  options: string | null
  /** Which of several hosts is fit. */
  target: 'any' | 'read-write' | 'primary'
  tls: TlsRules
}

/** A URL of the scheme alone is a mistake, and not the local database of the user of this process. */
const SCHEME = /^postgres(?:ql)?:\/\/(?=.)/s
const DEFAULT_HOST = 'localhost'
const DEFAULT_PORT = 5432
const TARGETS = ['any', 'read-write', 'primary'] as const
const HOST = /^(?:\[(?<address>[^\]]*)\]|(?<name>[^:[\]]*))(?::(?<port>[^:]*))?$/
const ENCODE_RESERVED =
  'has an @ behind its first slash, question mark or number sign: percent-encode these characters in the user name, the password and the parameters (/ is %2F, ? is %3F, # is %23, @ is %40)'

/**
 * Takes a `postgres://` URL apart, with the meaning that PostgreSQL's own clients give it.
 *
 * It reads no environment variable. `database-address.test.ts` holds that no mistake quotes any part of the text.
 *
 * @param text - parts percent-encoded; several hosts are separated by commas
 * @throws {DatabaseUrlError} when the text is malformed or asks for something that is not supported; the message
 *   completes "The URL …"
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function readDatabaseUrl(text: string): DatabaseAddress {
  const { credentials, hosts, path, query } = split(text)
  const given = readParameters(query)
  const colon = `${credentials}:`.indexOf(':')
  const user = given.user ?? decodePart(credentials.slice(0, colon), 'user name')
  const database = given.dbname ?? decodePart(path, 'database name')
  const owner = user || findOwnName()
  const found = readHosts(hosts, given)
  return {
    hosts: found,
    user: owner,
    password: given.password ?? decodePart(credentials.slice(colon + 1), 'password'),
    database: database || owner,
    applicationName: given.application_name ?? 'latchkey',
    options: given.options ?? null,
    target: readTarget(given.target_session_attrs),
    tls: readTlsRules(given),
  }
}

/** Names the hosts and the database for an operator, without user and password. */
export function describeAddress({ hosts, database }: DatabaseAddress): string {
  const [first] = hosts
  if (first && isSocket(first)) return `${socketPath(first)} (${database})`
  const places = hosts.map(({ host, port }) => `${isIPv6(host) ? `[${host}]` : host}:${port}`)
  return `${places.join(',')}/${database}`
}

/** Answers whether a host is the folder of a socket. */
export function isSocket({ host }: DatabaseHost): boolean {
  return host.startsWith('/')
}

/** The file of a socket, by PostgreSQL's rule. */
export function socketPath({ host, port }: DatabaseHost): string {
  return `${host}/.s.PGSQL.${port}`
}

function split(text: string) {
  if (!SCHEME.test(text)) refuse('must be a URL such as postgres://user:password@host:5432/database')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not occur.
  if (/[\u0000-\u001f\u007f]/.test(text)) refuse('has a line break or another control character')
  const rest = text.replace(SCHEME, '')
  const [authority = ''] = rest.split(/[/?#]/, 1)
  const tail = rest.slice(authority.length)
  // A raw slash in the password would make the rest of the password the name of the database, which gets printed.
  if (tail.includes('@')) refuse(ENCODE_RESERVED)
  if (tail.includes('#')) refuse('has a number sign; percent-encode it as %23')
  const at = authority.lastIndexOf('@')
  const [path = '', ...query] = tail.split('?')
  return {
    credentials: authority.slice(0, Math.max(at, 0)),
    hosts: authority.slice(at + 1),
    path: path.slice(1),
    query: query.join('?'),
  }
}

function readHosts(authority: string, given: Parameters): DatabaseHost[] {
  const parts = authority.split(',').map(splitHost)
  const names = given.host?.split(',') ?? parts.map(({ name }) => name)
  const ports = given.port?.split(',') ?? parts.map(({ port }) => port)
  if (ports.length > 1 && ports.length !== names.length) refuse('names more hosts than ports, or fewer')
  const hosts = names.map((name, index) => ({
    host: readHost(name),
    port: readPort((ports.length > 1 ? ports[index] : ports[0]) ?? ''),
  }))
  if (hosts.length > 1 && hosts.some(isSocket)) {
    refuse('names several hosts, and one of them is the folder of a socket; give that folder alone')
  }
  return hosts
}

function splitHost(text: string): { name: string; port: string } {
  const { address, name, port } = HOST.exec(text)?.groups ?? {}
  if (address === undefined && name === undefined) refuse('has an IPv6 address without its square brackets')
  return { name: decodePart(address ?? name ?? '', 'host'), port: port ?? '' }
}

function readHost(name: string): string {
  const isFit = name === '' || name.startsWith('/') || isIP(name) !== 0 || /^[^\s/@:[\]%]+$/.test(name)
  if (!isFit) refuse('has a host that is no name, no IP address and no absolute folder of a socket')
  return name || DEFAULT_HOST
}

function readPort(text: string): number {
  const port = text === '' ? DEFAULT_PORT : /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) refuse('has a port that is no number from 1 to 65535')
  return port
}

function readTarget(text = 'any'): DatabaseAddress['target'] {
  const target = TARGETS.find((word) => word === text)
  return (
    target ?? refuse(`has a target_session_attrs that is none of ${TARGETS.join(', ')}: the server writes`)
  )
}

/** PostgreSQL's clients take the name of the process's user. A container may run a user without a name. */
function findOwnName(): string {
  try {
    return userInfo().username
  } catch (cause) {
    throw new DatabaseUrlError('names no user, and the user of this process has no name', { cause })
  }
}
