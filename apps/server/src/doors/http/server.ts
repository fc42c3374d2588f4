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

/** Time limits for slow clients. A slow client holds a connection only, never a worker. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
}

const DRAIN_MILLISECONDS = 10_000
const IDLE_SWEEP_MILLISECONDS = 50

type Handler = (request: Request, env: Bindings) => Response | Promise<Response>

/** A server that listens and does not yet have an app. */
export interface HttpServer {
  /** The port in use, also when the operating system chose it. */
  port: number
  /** Answers with this app from now on. Until then each answer is 503. */
  serve(handler: Handler): void
  /** Accepts no new connections, finishes the requests in flight for at most ten seconds, and closes. */
  close(): Promise<void>
}

/**
 * Binds the port before any other part starts, so that a port in use is found first.
 *
 * @param timeouts - shorter time limits, for tests
 * @throws the operating system's error when the port is in use, forbidden or not of this machine
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
  // Without this, Node refuses a missing Host with an answer of its own.
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

/** HTTP/1.1 requires the header Host. Older clients do not know it. */
function isWithoutHost({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === '1.1' && headers.host === undefined
}

/** The id and the headers are set here, outside the app, so that a refusal before the app has them too. */
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
    // A kept-alive connection becomes idle when its request is done. It must then be closed, or the server waits for
    // it.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MILLISECONDS)
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(force)
      resolve()
    })
  })
}
