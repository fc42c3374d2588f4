import { decodePart, refuse } from './url-mistakes.ts'

/** The parameters of a `postgres://` URL that have a meaning here. */
const SUPPORTED = [
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'application_name',
  'options',
  'target_session_attrs',
  'sslmode',
  'ssl',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'channel_binding',
] as const

/** Parameters of PostgreSQL's own clients that have no meaning here. Their names are safe to print. */
const UNSUPPORTED = [
  ...['hostaddr', 'passfile', 'require_auth', 'connect_timeout', 'client_encoding'],
  ...[
    'fallback_application_name',
    'keepalives',
    'keepalives_idle',
    'keepalives_interval',
    'keepalives_count',
  ],
  ...['tcp_user_timeout', 'replication', 'gssencmode', 'sslnegotiation', 'sslcompression', 'sslcertmode'],
  ...['sslcrl', 'sslcrldir', 'sslsni', 'sslkeylogfile', 'requirepeer', 'requiressl', 'krbsrvname', 'gsslib'],
  ...['gssdelegation', 'ssl_min_protocol_version', 'ssl_max_protocol_version', 'min_protocol_version'],
  ...['max_protocol_version', 'service', 'servicefile', 'load_balance_hosts', 'scram_client_key'],
  ...['scram_server_key', 'oauth_issuer', 'oauth_client_id', 'oauth_client_secret', 'oauth_scope'],
]

/** The given parameters, decoded. */
export type Parameters = Partial<Record<(typeof SUPPORTED)[number], string>>

/**
 * Reads the part behind the question mark. A plus sign is a plus sign.
 *
 * @throws {DatabaseUrlError} for a parameter that is unknown, not supported, without a value, or given twice
 */
export function readParameters(query: string): Parameters {
  const given: Parameters = {}
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value, ...more] = pair.split('=')
    const known = findName(decodePart(name, 'parameter'))
    if (value === undefined || more.length > 0) refuse(`has the parameter ${known} without one = and a value`)
    if (known in given) refuse(`has the parameter ${known} twice`)
    given[known] = decodePart(value, `parameter ${known}`)
  }
  // The driver's SCRAM never binds to the channel, which `prefer` allows.
  if (!['disable', 'prefer', undefined].includes(given.channel_binding)) {
    refuse('asks for a channel_binding that is not supported; leave it out or set it to prefer')
  }
  return given
}

function findName(name: string): (typeof SUPPORTED)[number] {
  const supported = SUPPORTED.find((known) => known === name)
  if (supported) return supported
  if (UNSUPPORTED.includes(name)) refuse(`has the parameter ${name}, which is not supported; leave it out`)
  return refuse(`has a parameter that is none of ${SUPPORTED.join(', ')}`)
}
