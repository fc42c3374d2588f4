import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { isLoopback } from '../../words/loopback.ts'
import { MailSettingMistake } from './setting-mistake.ts'
import { checkParameters, readParameters, type SmtpParameters } from './smtp-parameters.ts'

/**
 * How the connection to the SMTP server is encrypted.
 *
 * - `tls`: from the start, with a verified certificate
 * - `starttls`: after STARTTLS, with a verified certificate; without it no mail is sent
 * - `opportunistic`: after STARTTLS where that works, and nothing is verified
 * - `none`: never
 */
export type Encryption = 'tls' | 'starttls' | 'opportunistic' | 'none'

/** The SMTP server that `SMTP_URL` names. */
export interface SmtpServer extends SmtpParameters {
  /** A host name in ASCII, or an IP address without brackets. */
  host: string
  port: number
  encryption: Encryption
  auth: { user: string; pass: string } | null
}

const FORM =
  'SMTP_URL must be an address such as smtp://user:password@mail.example.com:587 or smtps://mail.example.com'
const ENCODE = 'percent-encode the special characters of user and password (@ is %40, / is %2F, % is %25)'

/**
 * Takes `SMTP_URL` apart.
 *
 * Credentials travel encrypted: they require TLS, except on the way to a server on this machine.
 *
 * @param text - `smtp://user:password@host:587?parameters` or `smtps://…`; user and password percent-encoded
 * @throws {MailSettingMistake} when something in it cannot be used; the sentence does not repeat any value
 */
export function readSmtpUrl(text: string): SmtpServer {
  const url = parse(text)
  const [host, auth] = [readHost(url.hostname), readCredentials(url)]
  const parameters = readParameters(url.search.slice(1))
  const isLocal = isLoopback(host)
  checkParameters(parameters, { secure: url.protocol === 'smtps:', exposed: auth !== null && !isLocal })
  const { requireTLS, ignoreTLS, ...rest } = parameters
  const needsTls = requireTLS || (auth !== null && !isLocal) || rest.caFile || rest.certificateName
  const overStarttls = ignoreTLS ? 'none' : needsTls ? 'starttls' : 'opportunistic'
  const encryption = url.protocol === 'smtps:' ? 'tls' : overStarttls
  return { host, port: readPort(url), encryption, auth, ...rest }
}

function parse(text: string): URL {
  const url = /\p{Cc}/u.test(text) ? null : URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) {
    throw new MailSettingMistake(text.includes('@') ? `${FORM}; ${ENCODE}` : FORM)
  }
  // A raw / ? or # of a password ends the host early. The rest of the password then looks like a path or a parameter.
  if (url.hash || /@/.test(url.pathname + url.search)) throw new MailSettingMistake(`${FORM}; ${ENCODE}`)
  if (!/^\/?$/.test(url.pathname))
    throw new MailSettingMistake('SMTP_URL must not have a path after the host')
  return url
}

function readHost(hostname: string): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1)
  const name = decode(hostname, 'the host')
  const host = /[\s/\\?#%:]/.test(name) ? '' : domainToASCII(name)
  if (!isIP(host) && !/^[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_.])?$/.test(host)) {
    throw new MailSettingMistake('SMTP_URL must name a host or an IP address')
  }
  return host
}

function readPort(url: URL): number {
  if (url.port === '0') throw new MailSettingMistake('SMTP_URL must have a port from 1 to 65535')
  if (url.port === '465' && url.protocol === 'smtp:') {
    throw new MailSettingMistake(
      'SMTP_URL must begin with smtps:// for port 465, which is TLS from the start',
    )
  }
  return url.port ? Number(url.port) : url.protocol === 'smtps:' ? 465 : 587
}

function readCredentials({ username, password }: URL): SmtpServer['auth'] {
  if (!username && !password) return null
  if (!username || !password) {
    throw new MailSettingMistake('SMTP_URL must have both a user and a password, or neither')
  }
  return { user: decode(username, 'the user'), pass: decode(password, 'the password') }
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new MailSettingMistake(`SMTP_URL has a stray % in ${what}; ${ENCODE}`)
  }
}
