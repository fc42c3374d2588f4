import type { Random } from '../random.ts'
import type { ServerProcess } from '../world/server.ts'
import type { World } from '../world/world.ts'
import { type FaultKind, isOver } from './fault-kind.ts'

const STEPS_SECONDS = [-3600, -90, 90, 1800]
const FLOOD_CALLS = 150
const BURST_CALLS = 300

/** What happens to a server process. */
export const SERVER_FAULTS: FaultKind[] = [
  signalled('server_killed', 'SIGKILL'),
  signalled('server_terminated', 'SIGTERM'),
  signalled('server_hung_up', 'SIGHUP'),
  {
    name: 'server_frozen',
    begin: onServer(async (server) => {
      server.signal('SIGSTOP')
      return async () => server.signal('SIGCONT')
    }),
  },
  {
    name: 'clock_step',
    begin: onServer(async (server, random) => {
      await server.shiftClock(random.pick(STEPS_SECONDS))
      return () => server.shiftClock(0)
    }),
  },
  {
    name: 'login_flood',
    begin: (world) =>
      flood(world, FLOOD_CALLS, '/login/', { email: 'nobody@example.com', password: 'wrong' }),
  },
  {
    name: 'burst',
    begin: (world) => flood(world, BURST_CALLS, '/password/reset/', { email: 'nobody@example.com' }),
  },
  {
    name: 'proxy_reloaded',
    begin: async (world) => {
      await world.reloadProxy()
      return isOver('nginx')
    },
  },
]

function onServer(
  work: (server: ServerProcess, random: Random) => Promise<() => Promise<void>>,
): FaultKind['begin'] {
  return async (world, random) => {
    const server = random.pick(world.servers)
    return { target: server.name, end: await work(server, random) }
  }
}

/** The supervisor starts the process again. */
function signalled(name: string, signal: NodeJS.Signals): FaultKind {
  return {
    name,
    begin: async (world, random) => {
      const server = random.pick(world.servers)
      server.signal(signal)
      return isOver(server.name)
    },
  }
}

async function flood(world: World, calls: number, path: string, json: object) {
  const request = {
    method: 'POST',
    body: JSON.stringify(json),
    headers: { 'content-type': 'application/json' },
  }
  const flooding = Promise.allSettled(
    Array.from({ length: calls }, async () => (await fetch(world.url + path, request)).arrayBuffer()),
  )
  return { target: `${calls} calls at once`, end: async () => void (await flooding) }
}
