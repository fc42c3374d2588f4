/** How long work on the database may take. */
export interface Limits {
  /** From the call to the answer, with the wait for a connection. */
  totalMilliseconds: number
  /** From the moment a connection was found to the answer. */
  workMilliseconds: number
}

/** The time an operation waits for a statement or for a whole transaction. */
export const OPERATION_MILLISECONDS = 5000
/** For the mail queue and the housekeeping: servers that start together wait for the one that sets up the queue. */
export const PATIENT_MILLISECONDS = 60_000
/** A call waits no longer for a counter. The wait for a connection is apart: the operation behind it has it too. */
const COUNTER_MILLISECONDS = 500
const COUNTER_TOTAL_MILLISECONDS = 2000
/** PostgreSQL ends a statement by itself a little before the deadline of the caller, so the caller learns the outcome. */
const TIMEOUT_SHARE = 0.85
/** What PostgreSQL did not end by itself, such as a commit that waits for a standby, is cancelled at this share. */
export const CANCEL_SHARE = 0.9

/** The limits of each kind of caller. */
export function describeLimits(
  operationMilliseconds: number,
): Record<'operation' | 'patient' | 'counter', Limits> {
  return {
    operation: { totalMilliseconds: operationMilliseconds, workMilliseconds: operationMilliseconds },
    patient: { totalMilliseconds: PATIENT_MILLISECONDS, workMilliseconds: PATIENT_MILLISECONDS },
    counter: { totalMilliseconds: COUNTER_TOTAL_MILLISECONDS, workMilliseconds: COUNTER_MILLISECONDS },
  }
}

/** The `statement_timeout` of PostgreSQL for work with a deadline, in whole milliseconds. */
export function statementTimeoutOf(deadlineMilliseconds: number): number {
  return Math.floor(deadlineMilliseconds * TIMEOUT_SHARE)
}

/** How work ended: it is done, it was refused and wrote nothing, or its connection was lost and nobody knows. */
export type Outcome = 'done' | 'refused' | 'lost'

/** The database gave no answer in time. */
export class DatabaseSilence extends Error {
  override readonly name = 'DatabaseSilence'
  /** The driver's own code for it. The server answers 503 by this code. */
  readonly code = 'CONNECT_TIMEOUT'
  /** How the work ended after all. It is pending as long as the database is silent. */
  readonly outcome: Promise<Outcome>

  constructor(outcome: Promise<Outcome> = Promise.resolve('refused')) {
    super('The database did not answer in time.')
    this.outcome = outcome
  }
}

/** The silence that an error is or was caused by, or null. */
export function findSilence(error: unknown): DatabaseSilence | null {
  if (error instanceof DatabaseSilence) return error
  return error instanceof Error ? findSilence(error.cause) : null
}

/**
 * Waits for something that may be left alone, at most so many milliseconds.
 *
 * @throws {DatabaseSilence} when it is not done in time; it goes on and its outcome is dropped
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
