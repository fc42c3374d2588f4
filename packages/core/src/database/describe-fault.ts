const MAX_CAUSES = 5

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

/** Lists an error and what caused it, the outermost first; what is thrown and no error becomes one. */
export function listCauses(fault: unknown): Error[] {
  const causes: Error[] = []
  for (let error = fault; causes.length < MAX_CAUSES && error !== undefined && error !== null; ) {
    const known = error instanceof Error ? error : new Error(`thrown: ${typeof error}`)
    causes.push(known)
    error = known.cause
  }
  return causes
}

/** The code of an error of the system, the driver or PostgreSQL. */
export function readCode(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The call sites alone: the first lines of a stack repeat the message. */
function listFrames(error: Error): string {
  const lines = (error.stack ?? '').split('\n')
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}
