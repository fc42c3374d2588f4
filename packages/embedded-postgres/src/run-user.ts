import { readFileSync, statSync } from 'node:fs'
import { EmbeddedPostgresError } from './errors.ts'

/** Whom PostgreSQL runs as; null is the user that this process already is. */
export type RunUser = { uid: number; gid: number } | null

/**
 * Chooses the user for PostgreSQL, which refuses to run as root.
 *
 * An existing cluster stays with its owner. The user database is read, never edited.
 *
 * @param cluster - the cluster's folder, which need not exist
 * @returns null unless this process is root
 * @throws {EmbeddedPostgresError} when root's machine has neither `postgres` nor `nobody`
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
