import { listCauses, readCode } from '@latchkey/core'

export { describeFault } from '@latchkey/core'

/** Codes of the driver when it cannot reach the database, and of PostgreSQL when it cannot work. */
const UNAVAILABLE_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '25006',
  '53100',
  '53200',
  '53300',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
])

/** Returns whether a fault means that the database is unreachable now. A retry is then sensible. */
export function isUnavailable(fault: unknown): boolean {
  return listCauses(fault).some((error) => UNAVAILABLE_CODES.has(readCode(error) ?? ''))
}
