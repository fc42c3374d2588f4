import type postgres from 'postgres'
import type { ConnectionSet } from './connection-set.ts'
import { CANCEL_SHARE, DatabaseSilence, type Outcome } from './deadline.ts'
import type { SingleConnection } from './single-connection.ts'

/** Sends statements over one connection, one after another. */
export type Work<T> = (client: postgres.Sql, call: Call) => PromiseLike<T>

/** One piece of work, as a transaction sees it. */
export interface Call {
  /** True when the work was cancelled. It must send no further statement. */
  isGivenUp: boolean
}

/**
 * Does work on a connection with a deadline.
 *
 * Shortly before the deadline PostgreSQL is asked to cancel what the connection does. Usually the outcome then comes in
 * time, and the caller learns it: cancelled and nothing written, or done. Only a database that answers not even that is
 * given up on.
 *
 * @throws {DatabaseSilence} when no outcome came in time; the connection gets no other work until it comes
 */
export function perform<T>(
  set: ConnectionSet,
  task: { connection: SingleConnection; work: Work<T>; milliseconds: number },
): Promise<T> {
  const { connection, work, milliseconds } = task
  const call: Call = { isGivenUp: false }
  const answer = start(work, connection, call)
  const outcome = answer.then((): Outcome => 'done', describeEnd)
  let timer = setTimeout(cancel, milliseconds * CANCEL_SHARE)
  const { promise, resolve, reject } = Promise.withResolvers<T>()

  function cancel(): void {
    call.isGivenUp = true
    connection.cancel()
    timer = setTimeout(giveUp, milliseconds * (1 - CANCEL_SHARE))
  }

  function giveUp(): void {
    set.giveUp(connection)
    reject(new DatabaseSilence(outcome))
  }

  function end(isBroken: boolean): void {
    clearTimeout(timer)
    set.giveBack(connection, call.isGivenUp || isBroken)
  }

  answer.then(
    () => end(false),
    (error: unknown) => end(isLost(error)),
  )
  answer.then(resolve, reject)
  return promise
}

/** A throw before the first statement is a refusal too. */
async function start<T>(work: Work<T>, { client }: SingleConnection, call: Call): Promise<T> {
  return work(client, call)
}

function describeEnd(error: unknown): Outcome {
  return isLost(error) ? 'lost' : 'refused'
}

/** A fatal error ends the connection a moment before its socket closes. The driver's own errors about it begin so. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isFatal = 'severity' in error && error.severity === 'FATAL'
  const isClosed = 'code' in error && String(error.code).startsWith('CONNECTION_')
  return isFatal || isClosed || isLost(error.cause)
}
