import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy to a database that can fall silent: connections stay open and no byte passes. */
export interface QuietProxy {
  /** The URL of the database through the proxy. */
  url: string
  isQuiet: boolean
  close(): Promise<void>
}

/** Puts a proxy in front of a database. */
export async function openQuietProxy(databaseUrl: string): Promise<QuietProxy> {
  const { hostname, port } = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const server = createServer((inner) => {
    const outer = connect(Number(port), hostname)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => proxy.isQuiet || to.write(bytes))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own = { hostname: '127.0.0.1', port: String((server.address() as { port: number }).port) }
  const proxy: QuietProxy = {
    url: Object.assign(new URL(databaseUrl), own).href,
    isQuiet: false,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
