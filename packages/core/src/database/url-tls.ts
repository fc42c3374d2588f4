import { refuse } from './url-mistakes.ts'
import type { Parameters } from './url-parameters.ts'

const MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const

/** What must be true of a connection to PostgreSQL. */
export interface TlsRules {
  /**
   * `prefer` encrypts when the server can, `require` always. `verify-ca` also checks who signed the certificate, and
   * `verify-full` also the name in the certificate.
   */
  mode: (typeof MODES)[number]
  /** The file of the trusted certificates, `system` for those of the operating system, or null for those of Node. */
  rootCert: string | null
  /** The certificate and the key that this client shows, as files. */
  client: { cert: string; key: string; passphrase: string | null } | null
}

/**
 * Reads the parameters of TLS with the meaning that PostgreSQL's own clients give them.
 *
 * @throws {DatabaseUrlError} for words that are not supported, or that promise less than they seem to
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export function readTlsRules(given: Parameters): TlsRules {
  const mode = strengthen(readMode(given), given.sslrootcert)
  const client = readClient(given)
  const isEncrypted = mode !== 'disable' && mode !== 'prefer'
  if (!isEncrypted && (given.sslrootcert !== undefined || client)) {
    refuse('has an sslrootcert or sslcert, which need an sslmode of require, verify-ca or verify-full')
  }
  if (mode === 'verify-ca' && given.sslrootcert === undefined) {
    refuse('has sslmode=verify-ca without an sslrootcert, the file of the certificates to trust')
  }
  if (mode !== 'verify-full' && given.sslrootcert === 'system') {
    refuse(
      'has sslrootcert=system, which needs sslmode=verify-full: the authorities of a system sign for anybody',
    )
  }
  return { mode, rootCert: given.sslrootcert ?? null, client }
}

function readMode({ sslmode, ssl, sslrootcert }: Parameters): TlsRules['mode'] {
  if (ssl !== undefined && (ssl !== 'true' || sslmode !== undefined)) {
    refuse('has a parameter ssl other than ssl=true alone; write sslmode instead')
  }
  if (sslmode === 'allow') refuse('has sslmode=allow, which is not supported; write sslmode=prefer')
  const usual = sslrootcert === 'system' ? 'verify-full' : 'prefer'
  const text = sslmode ?? (ssl ? 'require' : usual)
  const mode = MODES.find((word) => word === text)
  return mode ?? refuse(`has an sslmode that is none of ${MODES.join(', ')}`)
}

/** `require` with trusted certificates at hand verifies, as PostgreSQL's own clients do. */
function strengthen(mode: TlsRules['mode'], rootCert: string | undefined): TlsRules['mode'] {
  return mode === 'require' && rootCert !== undefined ? 'verify-ca' : mode
}

function readClient({ sslcert, sslkey, sslpassword }: Parameters): TlsRules['client'] {
  if (sslcert !== undefined && sslkey !== undefined) {
    return { cert: sslcert, key: sslkey, passphrase: sslpassword ?? null }
  }
  if ([sslcert, sslkey, sslpassword].some((value) => value !== undefined)) {
    refuse('has only a part of sslcert and sslkey; a client certificate needs both')
  }
  return null
}
