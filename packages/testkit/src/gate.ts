import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from './free-port.ts'

/** A proxy in front of a service. While a test keeps it shut, connections are cut and new ones are refused. */
export interface Gate {
  port: number
  shut(): Promise<void>
  open(): Promise<void>
}

/** Puts a gate in front of a port of this machine. */
export async function openGate(target: { host: string; port: number }): Promise<Gate> {
  const sockets = new Set<Socket>()
  const server = createServer((inner) => {
    const outer = connect(target.port, target.host)
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  // While it is shut, nothing of this machine may get its port.
  const port = await findFreePort()
  const open = async () => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const shut = async () => {
    if (!server.listening) return
    server.close()
    for (const socket of sockets) socket.destroy()
    await once(server, 'close')
  }
  await open()
  return { port, open, shut }
}
