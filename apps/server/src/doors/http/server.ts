import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { DomainError } from '@latchkey/core'
import { toRefusal } from '../refusals.ts'
import { answerAll } from './answer-all.ts'
import { answerRefusal } from './answers.ts'
import type { Bindings } from './app-env.ts'
import { drain } from './drain.ts'
import type { TrustedProxies } from './forwarded.ts'
import { listSecurityHeaders } from './security-headers.ts'
import { isAsSent } from './sent-request.ts'

/**
 * Time limits for slow clients. A slow client holds a connection only, never a worker.
 *
 * The first two limits begin with the first byte of a request, so an idle connection is not subject to them.
 */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
}

export interface ServerOptions {
  host: string
  /** `0` takes any free port. */
  port: number
  publicUrl: string
  /** The path of `publicUrl`: empty, or a path that begins with a slash and does not end with one. */
  basePath: string
  /** How long an idle connection stays open for its next request. */
  keepAliveTimeoutSeconds: number
  /** Whose ids of requests are kept. */
  trustedProxies: TrustedProxies
}

export type Handler = (request: Request, env: Bindings) => Response | Promise<Response>

/** A server that listens and answers. */
export interface HttpServer {
  /** The port in use, also when the operating system chose it. */
  port: number
  /**
   * Says on every answer that the connection closes, and serves for the delay. Then accepts no more connections,
   * finishes the requests in flight for at most ten seconds, and closes.
   *
   * @param delaySeconds - the time for balancers to notice; 0 unless given
   */
  close(delaySeconds?: number): Promise<void>
}

/**
 * Listens, and answers with the app. A proxy takes a port that accepts for a server that serves, so this comes last.
 *
 * @param timeouts - shorter time limits, for tests
 * @throws the operating system's error when the port is in use, forbidden or not of this machine
 */
export async function listen(
  handler: Handler,
  options: ServerOptions,
  timeouts: Partial<typeof TIMEOUTS> = {},
): Promise<HttpServer> {
  let isLeaving = false
  const respond = async (request: Request, { incoming, outgoing }: Omit<Bindings, 'isLeaving'>) => {
    const isSound = isAsSent(request, incoming)
    const response = await (isSound ? handler(request, { incoming, outgoing, isLeaving }) : refuseRequest())
    // Behind a request that a proxy may have read otherwise, the next bytes may be those of somebody else.
    if (isLeaving || !isSound) outgoing.setHeader('Connection', 'close')
    return response
  }
  const listener = getRequestListener((request, env) => respond(request, env as Bindings), {
    hostname: options.host,
    errorHandler: refuseRequest,
  })
  const keepAliveTimeout = options.keepAliveTimeoutSeconds * 1000
  // Without the last option, Node refuses a missing Host with an answer of its own.
  const server = createServer({ ...TIMEOUTS, ...timeouts, keepAliveTimeout, requireHostHeader: false })
  answerAll(server, {
    listener,
    basePath: options.basePath,
    headers: listSecurityHeaders(options.publicUrl),
    trustedProxies: options.trustedProxies,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: (delaySeconds = 0) => {
      isLeaving = true
      return drain(server, delaySeconds)
    },
  }
}

function refuseRequest(): Response {
  return answerRefusal(toRefusal(new DomainError('parse_error', { detail: 'Bad request.' })))
}
