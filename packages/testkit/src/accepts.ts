import { once } from 'node:events'
import { createConnection } from 'node:net'

/** Answers whether a port of this machine accepts connections. */
export function accepts(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1')
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy())
}
