import { readFileSync, statSync } from 'node:fs'
import { EmbeddedPostgresError } from './errors.ts'

/** The system user of PostgreSQL; null means the user of this process. */
export type RunUser = { uid: number; gid: number } | null

/**
 * Chooses the system user for PostgreSQL, which refuses to run as root.
 *
 * An existing cluster stays with its owner. The machine's list of users is read and never edited.
 *
 * @param cluster - the folder of the cluster; it may be missing
 * @returns null unless this process is root
 * @throws {EmbeddedPostgresError} when the machine has no user `postgres` and no user `nobody`
 */
export function findRunUser(cluster: string): RunUser {
  if (process.getuid?.() !== 0) return null
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const passwd = readFileSync('/etc/passwd', 'utf8')
  for (const name of ['postgres', 'nobody']) {
    const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd) ?? []
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this machine has no user postgres or nobody to run it as.',
  )
}
