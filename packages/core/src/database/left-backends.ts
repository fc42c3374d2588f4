import type postgres from 'postgres'
import type { ConnectionSet } from './connection-set.ts'
import type { SingleConnection } from './single-connection.ts'

const LOOK_MILLISECONDS = 1000
/** A backend ends within milliseconds after its socket was closed, unless it is frozen or the path to it is dead. */
const LEAVING_MILLISECONDS = 2000
/** Work that was given up may still report its outcome for so long, while other connections work or not. */
const STUCK_MILLISECONDS = { othersWork: 5000, noneWorks: 30_000 }

/**
 * Cancels the work of silent connections again and again, and replaces them while others work: closes them, and waits
 * until their backends are gone.
 *
 * Over a dead path a backend does not notice that its client is gone. A connection that works ends it.
 *
 * @param ask - sends a statement over a connection that works
 * @returns a function that stops it
 */
export function tendConnections(
  set: ConnectionSet,
  ask: (text: string) => Promise<postgres.RowList<postgres.Row[]>>,
): () => void {
  const timer = setInterval(() => {
    const othersWork = set.listIn('idle', 'busy').length > 0
    const patience = STUCK_MILLISECONDS[othersWork ? 'othersWork' : 'noneWorks']
    // The first request is lost when the statement had not begun: in the queue of a pooler, or on a frozen backend.
    for (const stuck of set.listIn('stuck')) stuck.cancel()
    for (const stuck of listOld(set, 'stuck', patience)) set.leave(stuck, 0)
    if (othersWork) void endBackends(listOld(set, 'leaving', LEAVING_MILLISECONDS))
  }, LOOK_MILLISECONDS).unref()

  async function endBackends(left: SingleConnection[]): Promise<void> {
    if (left.length === 0) return
    const names = left.flatMap(({ backend }) => backend ?? [])
    const remaining = names.length === 0 ? [] : await ask(composeEnding(names)).catch(() => null)
    if (!remaining) return
    const living = new Set(remaining.map((row) => row.name))
    for (const connection of left) if (!living.has(connection.backend)) set.remove(connection)
  }

  return () => clearInterval(timer)
}

function listOld(set: ConnectionSet, state: 'stuck' | 'leaving', milliseconds: number): SingleConnection[] {
  const before = performance.now() - milliseconds
  return set.listIn(state).filter(({ since }) => since < before)
}

/**
 * Composes the statement that ends backends and returns those that still exist.
 *
 * Its first part is materialised: otherwise PostgreSQL may end a backend before it compares the name.
 *
 * @param names - from PostgreSQL; they consist of digits, a slash and a dot
 */
function composeEnding(names: string[]): string {
  const list = names.map((name) => `'${name}'`).join(', ')
  return `with left_behind as materialized (
      select pid, pid || '/' || extract(epoch from backend_start) as name
      from pg_catalog.pg_stat_activity where pid || '/' || extract(epoch from backend_start) in (${list}))
    select name, pg_catalog.pg_terminate_backend(pid) from left_behind`
}
