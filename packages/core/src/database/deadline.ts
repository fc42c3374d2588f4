/** The time an operation waits for a statement or for a whole transaction. */
export const STATEMENT_DEADLINE_MILLISECONDS = 5000

/** The database gave no answer in time. */
export class DatabaseSilence extends Error {
  override readonly name = 'DatabaseSilence'
  /** The driver's own code for it. The server answers 503 by this code. */
  readonly code = 'CONNECT_TIMEOUT'

  constructor() {
    super('The database did not answer in time.')
  }
}

/**
 * Waits for work, at most so many milliseconds.
 *
 * @throws {DatabaseSilence} when the work is not done in time; the work goes on and its outcome is dropped
 */
export async function withDeadline<T>(work: PromiseLike<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseSilence()), milliseconds)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}
