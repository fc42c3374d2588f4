/** What the driver says when it cannot reach the database, and what PostgreSQL says when it takes no one in. */
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
  '53300',
  '57P01',
  '57P02',
  '57P03',
])

const MAX_CAUSES = 5

/** Answers whether a fault means that the database cannot be reached now, so that trying again is sensible. */
export function isUnavailable(fault: unknown): boolean {
  return listCauses(fault).some((error) => UNAVAILABLE_CODES.has(readCode(error) ?? ''))
}

/**
 * Describes a fault for the log, without the values a failed statement was run with.
 *
 * The query builder puts them into its message and PostgreSQL into its details: hashes and addresses.
 */
export function describeFault(
  fault: unknown,
): { type: string; message: string; code?: string; stack: string }[] {
  return listCauses(fault).map((error) => ({
    type: error.name,
    message: 'query' in error ? `Failed query: ${error.query}` : error.message,
    code: readCode(error),
    stack: listFrames(error),
  }))
}

function listCauses(fault: unknown): Error[] {
  const causes: Error[] = []
  for (let error = fault; causes.length < MAX_CAUSES && error !== undefined && error !== null; ) {
    const known = error instanceof Error ? error : new Error(`thrown: ${typeof error}`)
    causes.push(known)
    error = known.cause
  }
  return causes
}

function readCode(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The call sites alone: the first lines of a stack repeat the message. */
function listFrames(error: Error): string {
  const lines = (error.stack ?? '').split('\n')
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}
