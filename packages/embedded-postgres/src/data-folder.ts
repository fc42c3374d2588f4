import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, chown, mkdir, open, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { EmbeddedPostgresError, errorCode } from './errors.ts'
import { findRunUser, type RunUser } from './run-user.ts'
import { isOpenToOthers, openSystemFolder } from './system-folder.ts'

/** The folders of one embedded database. */
export interface DataFolder {
  /** The caller's folder, as its real path. It holds password, port, lock, users and log. */
  path: string
  /** The folder around the cluster: the same folder, or one outside a home that only root can enter. */
  home: string
  cluster: string
  runUser: RunUser
}

/**
 * Makes the caller's folder, proves that it can be written, and gives its real path.
 *
 * @throws {EmbeddedPostgresError} with the name of the folder, when it cannot be made or written
 */
export async function openDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dirname(dataDir), { recursive: true })
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const probe = join(dataDir, `.probe-${randomUUID()}`)
    await writeFile(probe, '')
    await rm(probe)
    return await realpath(dataDir)
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The data folder ${dataDir} cannot be written (${errorCode(error)}); make it writable or choose another.`,
      { cause: error },
    )
  }
}

/** Finds the folder of a cluster. The first call for a data folder decides it and notes it. Call it under the lock. */
export async function locateCluster(path: string): Promise<DataFolder> {
  const home = (await readHome(path)) ?? path
  const cluster = join(home, 'cluster')
  const runUser = findRunUser(cluster)
  const isNew = !(await stat(cluster).catch(() => null))
  if (!runUser || !isNew || home !== path) return { path, home, cluster, runUser }

  // PostgreSQL's user must be able to pass through this folder. The secrets in it have modes of their own.
  await chmod(path, 0o711)
  if (await isOpenToOthers(path)) return { path, home, cluster, runUser }
  const outside = await moveOutside(path, runUser)
  return { path, home: outside, cluster: join(outside, 'cluster'), runUser }
}

/**
 * Reads the random password of a data folder's database, and makes one for a new database.
 *
 * The password reaches the disk before the cluster that needs it.
 *
 * @throws {EmbeddedPostgresError} when the cluster exists and its password is lost
 */
export async function readPassword(folder: DataFolder): Promise<string> {
  const file = join(folder.path, 'password')
  const found = await readFile(file, 'utf8').catch(() => '')
  if (found) return found
  if (await stat(folder.cluster).catch(() => null)) {
    throw new EmbeddedPostgresError(
      `The data folder ${folder.path} has lost the file "password" of its database.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  const handle = await open(file, 'w', 0o600)
  await handle.writeFile(password)
  await handle.sync()
  await handle.close()
  return password
}

/**
 * Lists the folders that hold a database, for a backup: the data folder, and the one outside of it where there is one.
 *
 * @param dataDir - a data folder; it may be new
 */
export async function listDataFolders(dataDir: string): Promise<string[]> {
  const path = resolve(dataDir)
  const home = (await readFile(join(path, 'location'), 'utf8').catch(() => '')).trim()
  return home ? [path, home] : [path]
}

async function readHome(path: string): Promise<string | null> {
  const home = (await readFile(join(path, 'location'), 'utf8').catch(() => '')).trim()
  if (!home) return null
  if (!(await stat(home).catch(() => null))) {
    throw new EmbeddedPostgresError(
      `The database of the data folder ${path} lies in ${home}, and that folder does not exist; restore it from a backup.`,
    )
  }
  const origin = (await readFile(join(home, 'origin'), 'utf8').catch(() => '')).trim()
  if (origin === path) return home
  const original = origin && (await readFile(join(origin, 'location'), 'utf8').catch(() => '')).trim()
  if (original === home) {
    // Two data folders over one cluster would not see each other's users.
    throw new EmbeddedPostgresError(
      `The data folder ${path} is a copy of ${origin}, whose database lies in ${home}.`,
    )
  }
  if (origin) await writeFile(join(home, 'origin'), path)
  return home
}

async function moveOutside(path: string, runUser: NonNullable<RunUser>): Promise<string> {
  const name = `${basename(dirname(path))}-${randomBytes(6).toString('hex')}`.replace(/^\.+/, '')
  const home = join(await openSystemFolder(), name)
  await mkdir(home, { mode: 0o700 })
  await writeFile(join(home, 'origin'), path)
  await chown(home, runUser.uid, runUser.gid)
  await writeFile(join(path, 'location'), home)
  return home
}
