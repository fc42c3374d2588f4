import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { connect } from 'node:net'

/** Nothing listens on this port, and a connection to it fails at once. */
const CLOSED_PORT = 1

/**
 * Checks that a server can listen on an address later. The check accepts no connection.
 *
 * A listener would accept connections before the server can serve them. So the address is bound by a socket that
 * connects: the operating system refuses to bind what another process listens on, what this user may not use, and what
 * is not of this machine.
 *
 * @throws the operating system's error when the port is in use, forbidden or not of this machine
 */
export async function requireFreePort({ host, port }: { host: string; port: number }): Promise<void> {
  if (port === 0) return
  const { address, family } = await lookup(host)
  const loopback = family === 6 ? '::1' : '127.0.0.1'
  const socket = connect({ host: loopback, port: CLOSED_PORT, localAddress: address, localPort: port })
  try {
    await once(socket, 'connect')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'bind') throw error
  } finally {
    socket.destroy()
  }
}
