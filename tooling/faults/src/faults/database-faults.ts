import type postgres from 'postgres'
import type { World } from '../world/world.ts'
import { type FaultKind, isOver, type StandingFault } from './fault-kind.ts'

/** Idle connections of another program, which leave none for the servers. */
const TAKEN_CONNECTIONS = 90
/** More than PostgreSQL keeps for reuse. */
const LOG_FILES = 20
const OURS = `backend_type = 'client backend' and pid <> pg_backend_pid()`

/** What happens to PostgreSQL and inside of it. */
export const DATABASE_FAULTS: FaultKind[] = [
  ended('database_killed', 'SIGKILL'),
  ended('database_stopped_at_once', 'SIGQUIT'),
  ended('database_restarted', 'SIGINT'),
  {
    name: 'database_frozen',
    begin: async ({ cluster }) => {
      const pids = await cluster.ask(
        async (sql) => sql`select pid from pg_stat_activity where ${sql.unsafe(OURS)}`,
      )
      const signal = (name: NodeJS.Signals) => signalAll(pids, name)
      signal('SIGSTOP')
      return { target: `${pids.length} backends`, end: async () => signal('SIGCONT') }
    },
  },
  {
    name: 'backend_killed',
    begin: async ({ cluster }) => {
      const [row] = await cluster.ask(
        async (sql) => sql`select pid from pg_stat_activity where ${sql.unsafe(OURS)} limit 1`,
      )
      if (row) signalQuietly(row.pid, 'SIGKILL')
      return isOver('one backend')
    },
  },
  {
    name: 'connections_terminated',
    begin: async ({ cluster }) => {
      await cluster.ask(
        async (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity where ${sql.unsafe(OURS)}`,
      )
      return isOver('every connection')
    },
  },
  {
    name: 'database_read_only',
    begin: async (world) => {
      await setReadOnly(world, 'on')
      return { target: 'database', end: () => setReadOnly(world, 'off') }
    },
  },
  locked('users_locked', 'lock table users in access exclusive mode'),
  locked('sessions_locked', 'lock table sessions in access exclusive mode'),
  locked('rows_locked', 'select 1 from users for update'),
  { name: 'connections_taken', begin: takeConnections },
  {
    name: 'disk_full',
    isPossible: ({ cluster }) => cluster.disk !== null,
    begin: async ({ cluster }) => {
      await cluster.disk?.fill()
      await cluster.ask(useUpLog).catch(() => undefined)
      const end = async () => {
        await cluster.disk?.clear()
        // A PostgreSQL that could not write its log of changes ends. Its supervisor starts it again.
        await cluster.start()
      }
      return { target: 'disk of the database', end }
    },
  },
]

function ended(name: string, signal: NodeJS.Signals): FaultKind {
  return {
    name,
    begin: async ({ cluster }) => {
      await cluster.end(signal)
      return { target: 'database', end: () => cluster.start() }
    },
  }
}

function signalAll(rows: readonly postgres.Row[], signal: NodeJS.Signals): void {
  for (const { pid } of rows) signalQuietly(pid, signal)
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {}
}

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
      const work = cluster.ask((sql) =>
        sql.begin(async (tx) => {
          await tx.unsafe(`set local lock_timeout = '${milliseconds}ms'`)
          await tx.unsafe(statement).catch(() => undefined)
          await held.promise
        }),
      )
      const end = async () => {
        held.resolve()
        await work.catch(() => undefined)
      }
      return { target: statement, end }
    },
  }
}

/** Goes on to new files of the log of changes until none is left, so that a disk without space is felt at once. */
async function useUpLog(sql: postgres.Sql): Promise<void> {
  for (let file = 0; file < LOG_FILES; file++) {
    await sql`select pg_logical_emit_message(false, 'latchkey', 'next')`
    await sql`select pg_switch_wal()`
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
        sql`select pg_terminate_backend(pid) from pg_stat_activity where ${sql.unsafe(OURS)} and application_name = 'latchkey'`,
    )
    .catch(() => undefined)
  const end = async () => {
    held.resolve()
    await Promise.all(uses)
  }
  return { target: `${taken} connections`, end }
}
