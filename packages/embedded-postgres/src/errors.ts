/** Says in one sentence, fit for an operator's terminal, why there is no embedded database. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

/**
 * Reads the system's code, such as `EACCES`, off an unknown error.
 *
 * @returns the code, or the empty string when the error carries none
 */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
