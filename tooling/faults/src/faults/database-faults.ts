import type postgres from 'postgres'
import { type FaultKind, isOver } from './fault-kind.ts'

/** More than PostgreSQL keeps for reuse. */
const LOG_FILES = 20
const OURS = `backend_type = 'client backend' and pid <> pg_backend_pid()`

/** What happens to PostgreSQL, its processes and its disk. */
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

/** Goes on to new files of the log of changes until none is left, so that a disk without space is felt at once. */
async function useUpLog(sql: postgres.Sql): Promise<void> {
  for (let file = 0; file < LOG_FILES; file++) {
    await sql`select pg_logical_emit_message(false, 'latchkey', 'next')`
    await sql`select pg_switch_wal()`
  }
}
