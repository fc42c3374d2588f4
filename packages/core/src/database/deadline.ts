/** How long an operation waits for a statement, or for a whole transaction. */
export const STATEMENT_DEADLINE_MILLISECONDS = 5000

/** The database took the question and gave no answer. */
export class DatabaseSilence extends Error {
  override readonly name = 'DatabaseSilence'
  /** The driver's own word for it, by which whoever sorts faults knows it. */
  readonly code = 'CONNECT_TIMEOUT'

  constructor() {
    super('The database did not answer in time.')
  }
}

/**
 * Waits for work, but not for ever.
 *
 * @throws {DatabaseSilence} when it is not done in time; the work itself goes on and its outcome is dropped
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
