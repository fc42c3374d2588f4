import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { readTraceParent, type TraceParent } from '../telemetry/trace-parent.ts'
import { isTrustedPeer, type TrustedProxies } from './forwarded.ts'

const ACCEPTABLE = /^[\w-]{1,64}$/

/**
 * The id of a request.
 *
 * A trusted proxy may give it: by `X-Request-Id`, if it is short and plain enough for a log, else by the trace in
 * `traceparent`. Every other request gets a new one, so a caller cannot choose the ids in the log.
 */
export function readRequestId(incoming: IncomingMessage, trusted: TrustedProxies): string {
  const { headers, socket } = incoming
  if (!isTrustedPeer(socket.remoteAddress, trusted)) return randomUUID()
  const given = headers['x-request-id']
  if (typeof given === 'string' && ACCEPTABLE.test(given)) return given
  return readTraceParent(String(headers.traceparent))?.traceId ?? randomUUID()
}

/** The trace of the trusted proxy that passed a request on; null without one. */
export function findParent(
  request: Request,
  peer: string | undefined,
  trusted: TrustedProxies,
): TraceParent | null {
  return isTrustedPeer(peer, trusted) ? readTraceParent(request.headers.get('traceparent')) : null
}
