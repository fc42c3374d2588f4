import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { DomainError } from '@latchkey/core'
import { toRefusal } from '../refusals.ts'
import { answerRefusal } from './answers.ts'
import type { Bindings } from './app-env.ts'
import { refuseMalformed } from './refuse-malformed.ts'
import { readRequestId } from './request-id.ts'
import { listSecurityHeaders } from './security-headers.ts'

/** Slow clients hold a connection, never a worker; these bound how long. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
}

const DRAIN_MILLISECONDS = 10_000
const IDLE_SWEEP_MILLISECONDS = 50

type Handler = (request: Request, env: Bindings) => Response | Promise<Response>

/** A listening server that has nothing to serve yet. */
export interface HttpServer {
  /** The port in use, also when the operating system chose it. */
  port: number
  /** From now on answers come from here; until then they are 503. */
  serve(handler: Handler): void
  /** Takes no more connections, finishes the requests in flight for at most ten seconds, and is gone; once is enough. */
  close(): Promise<void>
}

/**
 * Takes the port, before anything else is started, so that a taken one is found out first.
 *
 * @param timeouts - shorter ones, for tests that do not wait half a minute
 * @throws the operating system's error when the address is taken, forbidden or not of this machine
 */
export async function listen(
  address: { host: string; port: number; publicUrl: string },
  timeouts: Partial<typeof TIMEOUTS> = {},
): Promise<HttpServer> {
  let handler: Handler = () => answerRefusal(toRefusal(new DomainError('unavailable')))
  const answerRequest = (request: Request, env: unknown) =>
    isWithoutHost((env as Bindings).incoming) ? refuseRequest() : handler(request, env as Bindings)
  const listener = getRequestListener(answerRequest, {
    hostname: address.host,
    errorHandler: refuseRequest,
  })
  // Node would refuse a missing Host with an answer of its own.
  const server = createServer({ ...TIMEOUTS, ...timeouts, requireHostHeader: false })
  answerAll(server, { listener, headers: listSecurityHeaders(address.publicUrl) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    serve: (app) => {
      handler = app
    },
    close: () => drain(server),
  }
}

function refuseRequest(): Response {
  return answerRefusal(toRefusal(new DomainError('parse_error', { detail: 'Bad request.' })))
}

/** HTTP/1.1 demands one; older clients know of none. */
function isWithoutHost({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === '1.1' && headers.host === undefined
}

/** Here and nowhere further in: what is refused before the app sees it gets its id and headers too. */
function answerAll(
  server: Server,
  answering: {
    listener: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>
    headers: [string, string][]
  },
): void {
  const { listener, headers } = answering
  const answers = new WeakMap<Socket, ServerResponse>()
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answers.set(incoming.socket, outgoing)
    outgoing.setHeader('X-Request-Id', readRequestId(incoming.headers['x-request-id']))
    for (const [name, value] of headers) outgoing.setHeader(name, value)
    void listener(incoming, outgoing)
  }
  server.on('request', answer)
  server.on('checkExpectation', answer)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const last = answers.get(socket)
    const isAnswering = last?.headersSent === true && !last.writableFinished
    if (isAnswering || !socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else refuseMalformed(socket, { errorCode: error.code, headers })
  })
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that is kept alive becomes idle when its request is done, and is then in the way.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MILLISECONDS)
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(force)
      resolve()
    })
  })
}
