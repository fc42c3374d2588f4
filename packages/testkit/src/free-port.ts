import { once } from 'node:events'
import { createServer } from 'node:net'

/** Systems give outgoing connections ports from 32768 on, so no connection takes one of these by chance. */
const FIRST_PORT = 20_000
const PORTS = 12_000
/** How many ports in a row one process looks at first, so that processes that start together do not meet. */
const PORTS_PER_PROCESS = 37

let next = (process.pid * PORTS_PER_PROCESS) % PORTS

/** Finds a free port, for a server that must know its port before it starts or must come back on it. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + next
    next = (next + 1) % PORTS
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening')
  } catch {
    return false
  }
  await once(probe.close(), 'close')
  return true
}
