import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy that passes calls on, and can lose their answers. */
export interface LosingProxy {
  url: string
  /** While it is true, the server does the call and the caller gets no answer. */
  isLosing: boolean
  close(): void
}

/**
 * Opens the proxy.
 *
 * @param target - reads the address of the server, which may start later
 */
export async function openLosingProxy(target: () => string): Promise<LosingProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming
    const onward = request(`${target()}${url}`, { method, headers }, (answer) => {
      if (proxy.isLosing) {
        // The answer is read to its end, so the work was done.
        answer.resume().once('end', () => incoming.socket.destroy())
        return
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    onward.once('error', () => incoming.socket.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: LosingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isLosing: false,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return proxy
}
