/** Says in one sentence, fit for an operator's terminal, why there is no embedded database. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

/** The system's code of an unknown error, such as `EACCES`, or the empty string when it carries none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
