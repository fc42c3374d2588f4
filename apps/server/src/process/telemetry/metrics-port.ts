import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { requireToken } from '../../doors/metrics.ts'
import type { MetricsPage } from '../../doors/telemetry/telemetry.ts'

/** A port that serves metrics alone. */
export interface MetricsPort {
  port: number
  close(): Promise<void>
}

/**
 * Serves the metrics on a port of their own. With a token, it asks for the token too.
 *
 * @param options.port - 0 takes any free port
 * @throws the operating system's error when the port is in use, forbidden or not of this machine
 */
export async function openMetricsPort(
  page: Pick<MetricsPage, 'render'>,
  options: { host: string; port: number; token: string | null },
): Promise<MetricsPort> {
  const server = createServer((incoming, outgoing) => {
    const status = findRefusal(incoming, options.token)
    if (status !== null) return outgoing.writeHead(status).end()
    // A rejection that nobody takes would end the process, which serves callers too.
    return page.render().then(
      ({ type, text }) =>
        outgoing.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text),
      () => outgoing.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function findRefusal({ url, method, headers }: IncomingMessage, token: string | null): number | null {
  if (url?.split('?', 1)[0] !== '/metrics') return 404
  if (method !== 'GET' && method !== 'HEAD') return 405
  if (token === null) return null
  try {
    requireToken(headers.authorization ?? null, token)
    return null
  } catch {
    return 401
  }
}
