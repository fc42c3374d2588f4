import { setTimeout as sleep } from 'node:timers/promises'
import type { DataFolder } from './data-folder.ts'
import { readDataDirectory } from './database.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { findPostmaster, type Postmaster } from './postmaster-file.ts'
import { waitForExit } from './processes.ts'

const POLL_MILLISECONDS = 50
const PATIENCE_MILLISECONDS = 60_000

/**
 * Takes over the PostgreSQL that runs on a cluster: that of another server, or one that a killed server left.
 *
 * It must answer on its port to our password, and serve this cluster. The result is null when none runs.
 *
 * @throws {EmbeddedPostgresError} when a PostgreSQL runs there and does not answer to us
 */
export async function adoptPostmaster(folder: DataFolder, password: string): Promise<Postmaster | null> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS
  let postmaster = await findPostmaster(folder.cluster)
  while (postmaster && performance.now() < deadline) {
    if (postmaster.status === 'stopping') await waitForExit(postmaster.pid, PATIENCE_MILLISECONDS)
    if (postmaster.status === 'ready') {
      const served = await readDataDirectory(postmaster.port, password)
      if (served === folder.cluster) return postmaster
      if (served) break
    }
    await sleep(POLL_MILLISECONDS)
    postmaster = await findPostmaster(folder.cluster)
  }
  if (!postmaster) return null
  throw new EmbeddedPostgresError(
    `The database process ${postmaster.pid} runs in ${folder.cluster} but does not answer to this server; stop it first.`,
  )
}
