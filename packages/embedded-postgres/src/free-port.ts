import { createServer } from 'node:net'

/** Finds a free loopback port. It tries `preferred` first, so that a database keeps its address; 0 means any port. */
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
