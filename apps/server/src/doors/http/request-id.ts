import { randomUUID } from 'node:crypto'

const ACCEPTABLE = /^[\w-]{1,64}$/

/** The id of a request: the id that the caller sent, if it is short and plain enough for a log, else a new one. */
export function readRequestId(given?: string | string[]): string {
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID()
}
