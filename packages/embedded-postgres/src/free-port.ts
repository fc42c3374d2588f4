import { createServer } from 'node:net'

/** Finds a loopback port nobody listens on; `preferred` first, so a database keeps its address, 0 for any. */
export async function findFreePort(preferred: number): Promise<number> {
  return (preferred && (await tryPort(preferred))) || (await tryPort(0)) || findFreePort(0)
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(0))
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
}
