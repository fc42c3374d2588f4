import type { World } from '../world/world.ts'
import type { FaultKind, StandingFault } from './fault-kind.ts'

/** Idle connections of another program, which leave none for the servers. */
const TAKEN_CONNECTIONS = 90

/** What other programs and an operator do inside of PostgreSQL. */
export const NEIGHBOUR_FAULTS: FaultKind[] = [
  {
    name: 'database_read_only',
    begin: async (world) => {
      // Another fault may take the connection away after the first statement. The end takes it back in any case.
      await setReadOnly(world, 'on').catch(() => undefined)
      return { target: 'database', end: () => setReadOnly(world, 'off') }
    },
  },
  locked('users_locked', 'lock table users in access exclusive mode'),
  locked('sessions_locked', 'lock table sessions in access exclusive mode'),
  locked('rows_locked', 'select 1 from users for update'),
  { name: 'connections_taken', begin: takeConnections },
]

async function setReadOnly({ cluster }: World, value: 'on' | 'off'): Promise<void> {
  await cluster.ask(async (sql) => {
    await sql.unsafe(`set default_transaction_read_only = off`)
    await sql.unsafe(`alter system set default_transaction_read_only = ${value}`)
    await sql`select pg_reload_conf()`
  })
}

/** Another program holds a lock for as long as the fault stands. */
function locked(name: string, statement: string): FaultKind {
  return {
    name,
    begin: async ({ cluster }, _random, milliseconds) => {
      const held = Promise.withResolvers<void>()
      const work = cluster
        .ask((sql) =>
          sql.begin(async (tx) => {
            await tx.unsafe(`set local lock_timeout = '${milliseconds}ms'`)
            await tx.unsafe(statement)
            await held.promise
          }),
        )
        // The connection of the holder may be lost to another fault, and the lock with it.
        .catch(() => undefined)
      const end = async () => {
        held.resolve()
        await work
      }
      return { target: statement, end }
    },
  }
}

/** The servers open their connections anew, and find the places taken. */
async function takeConnections({ cluster }: World): Promise<StandingFault> {
  const held = Promise.withResolvers<void>()
  const ready: Promise<void>[] = []
  const uses = Array.from({ length: TAKEN_CONNECTIONS }, () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    ready.push(promise)
    return cluster
      .askAsOwner(async (sql) => {
        await sql`select 1`
        resolve()
        await held.promise
      })
      .catch(() => resolve())
  })
  await Promise.all(ready)
  const taken = uses.length
  await cluster
    .ask(
      async (sql) =>
        sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey'`,
    )
    .catch(() => undefined)
  const end = async () => {
    held.resolve()
    await Promise.all(uses)
  }
  return { target: `${taken} connections`, end }
}
