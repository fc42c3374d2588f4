import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { createSelfSigned } from './certificates.ts'

/** A server that offers TLS as PostgreSQL does, with a certificate that nobody vouches for. */
export interface TlsFront {
  port: number
  close(): Promise<void>
}

/** Opens a server that answers the request for TLS, and that speaks no further word. */
export async function openTlsFront(): Promise<TlsFront> {
  const identity = await makeCertificate()
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write('S')
      new TLSSocket(socket, { isServer: true, ...identity }).on('error', () => socket.destroy())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as { port: number }).port,
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

async function makeCertificate(): Promise<{ key: Buffer; cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-tls-'))
  const files = await createSelfSigned(folder, 'localhost')
  const made = { key: await readFile(files.key), cert: await readFile(files.cert) }
  await rm(folder, { recursive: true })
  return made
}
