import { setTimeout as sleep } from 'node:timers/promises'
import { readResidentMib } from '../processes.ts'
import { median } from '../report.ts'
import type { Server } from '../start-process.ts'
import type { Rest } from './figures.ts'
import type { StartServer } from './servers.ts'

const REST_MILLISECONDS = 1000

/**
 * Starts a server several times, and leaves the last one running.
 *
 * @returns the server, with its figures so far: the memory under load is read later
 */
export async function startMeasured(
  contender: string,
  start: StartServer,
  starts: number,
): Promise<{ server: Server; rest: Rest }> {
  const seconds: number[] = []
  // The first start migrates, so it counts only when there is no other.
  let server = await start()
  if (starts === 0) seconds.push(server.startSeconds)
  for (let i = 0; i < starts; i++) {
    await server.stop()
    server = await start()
    seconds.push(server.startSeconds)
  }
  await sleep(REST_MILLISECONDS)
  const idleMib = await readResidentMib(server.pid)
  return { server, rest: { contender, startSeconds: median(seconds), idleMib, loadedMib: null } }
}
