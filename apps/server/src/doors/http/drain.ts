import type { Server } from 'node:http'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

const DRAIN_MILLISECONDS = 10_000
const IDLE_SWEEP_MILLISECONDS = 50
/** A turn of the event loop that takes less had next to nothing to do. */
const QUIET_MILLISECONDS = 0.2
/** On a server that is never quiet, the search for a quiet turn must end. */
const MAX_TURNS = 2_000

/**
 * Stops a server after a delay in which it still serves.
 *
 * @param delaySeconds - the time for balancers to notice that the server is not ready
 */
export async function drain(server: Server, delaySeconds: number): Promise<void> {
  await sleep(delaySeconds * 1000)
  await waitUntilNoneWaits(server)
  await closeListener(server)
}

/**
 * Waits for a moment in which no connection waits to be accepted.
 *
 * A listener that closes resets the connections that wait, and a proxy does not send their requests again. Node accepts
 * one connection per turn of its event loop. After a short turn without a new one, none waits.
 */
async function waitUntilNoneWaits(server: Server): Promise<void> {
  let accepted = 0
  const count = () => {
    accepted++
  }
  server.on('connection', count)
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const former = accepted
    const began = performance.now()
    await nextTurn()
    if (accepted === former && performance.now() - began < QUIET_MILLISECONDS) break
  }
  server.off('connection', count)
}

function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A kept-alive connection becomes idle when its request is done. It must then be closed, or the server waits for
    // it.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MILLISECONDS)
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(force)
      resolve()
    })
  })
}
