import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { DomainError } from '@latchkey/core'
import { toRefusal } from '../errors.ts'
import { answerRefusal } from './answers.ts'

/** Slow clients hold a connection, never a worker; these bound how long. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
}

const DRAIN_MILLISECONDS = 10_000
const IDLE_SWEEP_MILLISECONDS = 50

/** Answers requests. */
type Handler = (request: Request, env: HttpBindings) => Response | Promise<Response>

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
 * Takes the port.
 *
 * It is taken before anything else is started, so that a taken port is found out first.
 *
 * @param timeouts - shorter ones, for tests that do not wait half a minute
 * @throws the operating system's error when the address is taken, forbidden or not of this machine
 */
export async function listen(
  address: { host: string; port: number },
  timeouts: Partial<typeof TIMEOUTS> = {},
): Promise<HttpServer> {
  let handler: Handler = () => answerRefusal(toRefusal(new DomainError('unavailable')))
  const listener = getRequestListener((request, env) => handler(request, env as HttpBindings), {
    hostname: address.host,
    errorHandler: () => answerRefusal(toRefusal(new DomainError('parse_error', { detail: 'Bad request.' }))),
  })
  const server = createServer({ ...TIMEOUTS, ...timeouts }, listener)
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
