import { checkLeaks } from './checks/check-leaks.ts'
import { drainMail } from './checks/drain-mail.ts'
import { gatherPeople } from './gather-people.ts'
import type { Ledger } from './ledger/ledger.ts'
import { startWorld, type World } from './world/world.ts'

/** How servers are restarted under load. */
export interface RollOptions {
  program: string
  folder: string
  instances: number
  /** Restarts go on, from the first server to the last and again, for at least so long. Each server is restarted once. */
  seconds: number
  seed: number
  peoplePerDoor: number
  report(line: string): void
}

/** What was seen while the servers were restarted. */
export interface RollRecord {
  instances: number
  /** Seconds that each restart took, in their order. */
  restarts: { server: string; seconds: number }[]
  calls: number
  /** Calls without an answer, and answers of 500 and above. */
  failed: number
  longestMilliseconds: number
  ledger: Ledger
}

/** As long as in production: the time in which an operator's proxy notices that a server leaves. */
const SHUTDOWN_DELAY = '5s'
const GRACE_SECONDS = 30
const ACCESS_SECONDS = 20
const ACT_PAUSE_MILLISECONDS = 60
const MILLISECONDS = 1000

/**
 * Restarts one server after the other while people use them, in the steps of the deployment page: SIGTERM, a start by the
 * supervisor, 200 at `/readyz`, and then the next server.
 */
export async function rollServers(options: RollOptions): Promise<RollRecord> {
  const world = await startWorld({
    ...options,
    graceSeconds: GRACE_SECONDS,
    accessSeconds: ACCESS_SECONDS,
    shutdownDelay: SHUTDOWN_DELAY,
    tickMilliseconds: 0,
  })
  try {
    const crowd = gatherPeople(world, {
      ...options,
      graceSeconds: GRACE_SECONDS,
      pauseMilliseconds: ACT_PAUSE_MILLISECONDS,
    })
    const restarts = await restartAll(world, options)
    await crowd.close()
    const { ledger } = crowd
    await drainMail(options.program, world, ledger)
    await checkLeaks(ledger, world)
    return { instances: options.instances, restarts, ...countCalls(ledger), ledger }
  } finally {
    await world.close()
  }
}

async function restartAll(world: World, options: RollOptions): Promise<RollRecord['restarts']> {
  const restarts: RollRecord['restarts'] = []
  const until = performance.now() + options.seconds * MILLISECONDS
  do {
    for (const server of world.servers) {
      const from = performance.now()
      await server.restart('SIGTERM')
      const seconds = Number(((performance.now() - from) / MILLISECONDS).toFixed(1))
      restarts.push({ server: server.name, seconds })
      options.report(`${server.name} was restarted in ${seconds} s`)
    }
  } while (performance.now() < until)
  return restarts
}

function countCalls({ statuses, longestMilliseconds }: Ledger) {
  const all = Object.entries(statuses.all())
  const sum = (entries: [string, number][]) => entries.reduce((total, [, count]) => total + count, 0)
  const failed = all.filter(([status]) => status === 'no answer' || Number(status) >= 500)
  return { calls: sum(all), failed: sum(failed), longestMilliseconds: Math.round(longestMilliseconds) }
}
