import { isDatabaseFault, isWhileConnecting, listCauses, readCode, summarizeFault } from '@latchkey/core'

/** The database of a start that failed, in words for the operator. */
export interface FailedDatabase {
  /** For example `of DATABASE_URL at db.example.com:5432/accounts`. */
  place: string
  user: string
}

const NEEDED_PRIVILEGES =
  'make what it needs: that user must own the database, or may CREATE in it and in the schema of its tables; or run latchkey migrate with such a user'
const UNKNOWN_CERTIFICATE = 'presents a certificate that nothing here vouches for'

/** What a failure says about the database, by SQLSTATE, by the code of the driver, or by that of the system. */
const WORDS: Record<string, string> = {
  '28P01': 'refused the user name or password',
  '28000': 'refused the user',
  '3D000': 'does not exist',
  '25006': 'takes no writes',
  '53300': 'has no free connection',
  '55000': 'accepts no connections',
  '55P03': 'was locked for too long by another connection',
  '57014': 'took too long',
  '57P03': 'is starting or stopping',
  '42P06': 'has a schema of another program under a name that this server needs',
  '42P07': 'has a table of another program under a name that this server needs',
  '42710': 'has an object of another program under a name that this server needs',
  TLS_REFUSED: 'has no TLS, which the sslmode asks for',
  ENOTFOUND: 'has a host name that nobody knows',
  CONNECT_TIMEOUT: 'did not answer in time',
  CERT_HAS_EXPIRED: 'presents a certificate that has expired',
  CERT_NOT_YET_VALID: 'presents a certificate that is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'presents a certificate of another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CERTIFICATE,
}

/**
 * Explains a failure to open the database: our words, then the own words of PostgreSQL, the driver or the system.
 *
 * @returns null for a failure that does not come from the database
 */
export function describeDatabaseFailure(error: unknown, { place, user }: FailedDatabase): string | null {
  if (!isDatabaseFault(error)) return null
  return `The database ${place} ${findWords(error, user)}. Reason: ${summarizeFault(error)}.`
}

function findWords(error: unknown, user: string): string {
  const causes = listCauses(error)
  const codes = causes.flatMap((cause) => readCode(cause) ?? [])
  const isConnecting = causes.some(isWhileConnecting)
  if (codes.includes('42501')) {
    return isConnecting ? `does not let ${user} connect` : `does not let ${user} ${NEEDED_PRIVILEGES}`
  }
  const known = codes.flatMap((code) => WORDS[code] ?? [])[0]
  return known ?? (isConnecting ? 'cannot be reached' : 'could not be made ready')
}
