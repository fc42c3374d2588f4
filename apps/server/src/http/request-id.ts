import { randomUUID } from 'node:crypto'

const ACCEPTABLE = /^[\w-]{1,64}$/

/** The id of a request: the caller's own when it is short and plain enough for a log, else a new one. */
export function readRequestId(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && ACCEPTABLE.test(given) ? given : randomUUID()
}
