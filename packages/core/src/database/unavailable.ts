import { DrizzleQueryError } from 'drizzle-orm'
import { listCauses, readCode } from './describe-fault.ts'
import { isServerError, isWhileConnecting } from './server-words.ts'

/** A SQLSTATE, or a whole class of them, that says: the database cannot do its work now. */
export interface UnavailableState {
  /** Two characters: a class. Five: one state. */
  state: string
  /** Why a retry is sensible, and what the operator would find. */
  reason: string
  /** Where the meaning comes from. */
  source: string
}

const APPENDIX = 'PostgreSQL, appendix A "Error Codes"'

/**
 * The SQLSTATEs that say: the same call may succeed later, unchanged.
 *
 * Each passes by itself or by an act of the operator on the database. A state that is not listed is a fault of the
 * server, and the caller gets `error`: a constraint, a missing table or an unreadable value does not pass. The tests
 * derive their cases from this list.
 */
export const UNAVAILABLE_STATES: readonly UnavailableState[] = [
  {
    state: '08',
    reason:
      'The connection is gone, or a pooler refuses it: PgBouncer says 08P01 for PAUSE, a full pool, a restart.',
    source: `${APPENDIX}, connection exceptions; PgBouncer, src/objects.c (disconnect_client)`,
  },
  {
    state: '25006',
    reason: 'The server takes no writes: it is a standby, or was made read-only in a fail-over.',
    source: `${APPENDIX}, read_only_sql_transaction; "Hot Standby"`,
  },
  {
    state: '25P03',
    reason: 'idle_in_transaction_session_timeout ended a transaction that waited for this process.',
    source: `${APPENDIX}, idle_in_transaction_session_timeout`,
  },
  {
    state: '25P04',
    reason: 'transaction_timeout ended a transaction that took too long.',
    source: `${APPENDIX}, transaction_timeout (from version 17)`,
  },
  {
    state: '28',
    reason: 'The role or its password was changed, or pg_hba.conf has no line for it.',
    source: `${APPENDIX}, invalid authorization specification`,
  },
  {
    state: '3D',
    reason: 'The database was dropped or renamed, for example while a backup is restored.',
    source: `${APPENDIX}, invalid catalog name`,
  },
  {
    state: '40',
    reason: 'Other transactions won every attempt: a deadlock or a serialisation failure.',
    source: `${APPENDIX}, transaction rollback; "Serialization Failure Handling"`,
  },
  {
    state: '42501',
    reason: 'A grant was revoked, or new tables were made by another role that granted nothing.',
    source: `${APPENDIX}, insufficient_privilege`,
  },
  {
    state: '53',
    reason: 'The disk, the memory or the connections of the server are used up.',
    source: `${APPENDIX}, insufficient resources`,
  },
  {
    state: '55',
    reason:
      'An object is in use or in another state: ALLOW_CONNECTIONS false, or lock_timeout ended the wait for a lock.',
    source: `${APPENDIX}, object not in prerequisite state`,
  },
  {
    state: '57',
    reason: 'An operator or a timeout stopped the statement, or the server stops or starts.',
    source: `${APPENDIX}, operator intervention`,
  },
  {
    state: '58',
    reason: 'The system under PostgreSQL failed: reading, writing, a missing file.',
    source: `${APPENDIX}, system error`,
  },
]

const UNAVAILABLE = new Set(UNAVAILABLE_STATES.map(({ state }) => state))

/** The codes of the driver (src/errors.js) and of Node.js for a connection that broke, or that nobody answered. */
const LOST_CODES = new Set([
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
  'EPROTO',
  'ETIMEDOUT',
])

/** The driver's own complaints about a statement of ours, which it raises before it has built the statement. */
const MISUSE_CODES = new Set([
  'UNDEFINED_VALUE',
  'NOT_TAGGED_CALL',
  'MAX_PARAMETERS_EXCEEDED',
  'COPY_IN_PROGRESS',
])

/**
 * Answers whether a fault means that the database cannot do its work now, so that a retry is sensible.
 *
 * Three things decide: the fault came while connecting, the connection broke, or the SQLSTATE is listed in
 * {@link UNAVAILABLE_STATES}.
 */
export function isUnavailable(fault: unknown): boolean {
  return listCauses(fault).some((error) => {
    const code = readCode(error)
    if (code === undefined || MISUSE_CODES.has(code)) return false
    return LOST_CODES.has(code) || isWhileConnecting(error) || (isServerError(error) && isPassing(error))
  })
}

/** Answers whether a fault comes from the database or from the way to it, whether it passes or not. */
export function isDatabaseFault(fault: unknown): boolean {
  const isOfDatabase = (error: Error) => isServerError(error) || error instanceof DrizzleQueryError
  return isUnavailable(fault) || listCauses(fault).some(isOfDatabase)
}

/**
 * Who speaks decides about a protocol violation. PostgreSQL names the routine that raised an error, and its protocol
 * violations are faults of ours. A pooler names none: it uses the same state for everything it refuses.
 */
function isPassing({ code, routine }: { code: string; routine?: string }): boolean {
  if (code === '08P01' && routine !== undefined) return false
  return UNAVAILABLE.has(code) || UNAVAILABLE.has(code.slice(0, 2))
}
