import { EmbeddedPostgresError } from './errors.ts'
import { findPostmaster } from './postmaster-file.ts'
import { waitForExit } from './processes.ts'

const FAST_TIMEOUT_MILLISECONDS = 30_000
const IMMEDIATE_TIMEOUT_MILLISECONDS = 10_000

/**
 * Stops the PostgreSQL of a cluster and waits until it is gone: clients are cut off, data is flushed.
 *
 * @throws {EmbeddedPostgresError} when it survives a second, harder signal as well
 */
export async function stopPostmaster(cluster: string): Promise<void> {
  const postmaster = await findPostmaster(cluster)
  if (!postmaster) return
  const { pid } = postmaster
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one, after which the next start recovers.
  if (await signalAndWait(pid, 'SIGINT', FAST_TIMEOUT_MILLISECONDS)) return
  if (await signalAndWait(pid, 'SIGQUIT', IMMEDIATE_TIMEOUT_MILLISECONDS)) return
  throw new EmbeddedPostgresError(`The database process ${pid} does not stop.`)
}

async function signalAndWait(
  pid: number,
  signal: NodeJS.Signals,
  timeoutMilliseconds: number,
): Promise<boolean> {
  try {
    process.kill(pid, signal)
  } catch {
    // It has just gone by itself.
  }
  return waitForExit(pid, timeoutMilliseconds)
}
