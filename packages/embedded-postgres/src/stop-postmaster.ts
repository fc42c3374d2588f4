import { EmbeddedPostgresError } from './errors.ts'
import { findPostmaster } from './postmaster-file.ts'
import { waitForExit } from './processes.ts'

const FAST_TIMEOUT_MILLISECONDS = 30_000
const IMMEDIATE_TIMEOUT_MILLISECONDS = 10_000

/**
 * Stops the PostgreSQL of a cluster and waits until it is gone. Clients are cut off and data is flushed.
 *
 * @throws {EmbeddedPostgresError} when it survives a second, harder signal as well
 */
export async function stopPostmaster(cluster: string): Promise<void> {
  const postmaster = await findPostmaster(cluster)
  if (!postmaster) return
  const { pid } = postmaster
  // SIGINT is PostgreSQL's fast shutdown. SIGQUIT is the immediate one, and the next start recovers the data.
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
    // The process ended by itself a moment before.
  }
  return waitForExit(pid, timeoutMilliseconds)
}
