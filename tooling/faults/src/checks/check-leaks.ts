import { waitUntil } from '@latchkey/testkit'
import type { Ledger } from '../ledger/ledger.ts'
import type { World } from '../world/world.ts'
import { POOL_SIZE } from '../world/world-settings.ts'

/** The connections of the servers at the end of a run. */
export interface LeakFigures {
  /** To PostgreSQL, of all servers. */
  connections: number
  /** The most that they may have. */
  allowed: number
  /** Open files and sockets of each server. */
  openFiles: Record<string, number>
}

/** A server without callers has its pool, its ways to Redis and the relay, and the connections that nginx keeps. */
const MOST_OPEN_FILES = 120
const QUIET_MILLISECONDS = 60_000

/** Looks for what the faults have left behind, after the callers are gone. */
export async function checkLeaks(ledger: Ledger, world: World): Promise<LeakFigures> {
  // A process may have one connection more while it finds out whether silent ones are back.
  const allowed = world.servers.length * POOL_SIZE
  const countConnections = () =>
    world.cluster.ask(async (sql) => {
      const [row] = await sql<{ all: number; held: number }[]>`
        select count(*)::int as all, count(*) filter (where state like 'idle in transaction%')::int as held
        from pg_stat_activity where application_name = 'latchkey'`
      return row ?? { all: 0, held: 0 }
    })
  const isQuiet = async () => {
    const { all, held } = await countConnections()
    return all <= allowed && held === 0
  }
  await waitUntil(isQuiet, 'the connections to settle', QUIET_MILLISECONDS).catch(async () => {
    const { all, held } = await countConnections()
    ledger.finding('connections_leaked', `${all} of at most ${allowed} connections, ${held} in a transaction`)
  })
  const openFiles: Record<string, number> = {}
  for (const server of world.servers) {
    const count = await server.countOpenFiles()
    openFiles[server.name] = count
    if (count > MOST_OPEN_FILES) ledger.finding('files_leaked', `${server.name} has ${count} open files`)
  }
  return { connections: (await countConnections()).all, allowed, openFiles }
}
