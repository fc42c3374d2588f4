import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { adoptPostmaster } from './adopt-postmaster.ts'
import { findBinaries, type PostgresVersion } from './binaries.ts'
import { type DataFolder, locateCluster, openDataDir, readPassword } from './data-folder.ts'
import { ensureDatabase, formatSuperuserUrl, formatUrl } from './database.ts'
import { EmbeddedPostgresError, errorCode } from './errors.ts'
import { initialiseCluster } from './initialise-cluster.ts'
import { withLock } from './lock.ts'
import type { Postmaster } from './postmaster-file.ts'
import { startPostmaster } from './start-postmaster.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { shareBinaries } from './system-folder.ts'
import { addUser, isUsed } from './users.ts'

/** The database to start, and its folder. */
export interface StartInput {
  /** Folder of the database; made when missing. */
  dataDir: string
  /** Major version, default 18. A folder stays with the version that made it. */
  version?: PostgresVersion
  /** Name of the database, default `latchkey`; made when missing. */
  database?: string
  /** Further settings of postgresql.conf. They have no effect on a PostgreSQL that already runs. */
  settings?: Record<string, string>
  /** Is called with a sentence before each step that takes long. */
  report?: (line: string) => void
}

/** A running database. */
export interface EmbeddedPostgres {
  /** `postgres://…` with role and password, for the `postgres` driver. The role owns the database alone. */
  url: string
  /** The same for the superuser of the cluster, for tests that make databases and roles. */
  superuserUrl: string
  /** The pid of PostgreSQL itself, for a caller that must end it without waiting. */
  pid: number
  /** Ends this use. The stop of the last living process ends PostgreSQL too, and returns when it is gone. */
  stop(): Promise<void>
}

/**
 * Gives this process a private PostgreSQL, also in a folder that an earlier process used.
 *
 * A PostgreSQL that still runs there is shared, and a stale or half-made one is replaced. It listens on loopback
 * only, has a random password and never runs as root. The role in the address owns the database and is no superuser;
 * the objects of an older folder are given to it. `start-embedded-postgres.test.ts` holds this.
 *
 * @throws {EmbeddedPostgresError} in one sentence; it names the folder when the folder is the cause
 */
export async function startEmbeddedPostgres(input: StartInput): Promise<EmbeddedPostgres> {
  const path = await openDataDir(resolve(input.dataDir))
  const usersDir = join(path, 'users')
  const lock = join(path, 'lock')
  const { database = 'latchkey' } = input

  const start = async () => {
    const folder = await locateCluster(path)
    const password = await readPassword(folder)
    await checkVersion(folder, input.version ?? 18)
    if (folder.home !== path)
      input.report?.(`The database of ${path} lies in ${folder.home}: a backup needs both`)
    const { port, pid } =
      (await adoptPostmaster(folder, password)) ?? (await startAfresh(folder, password, input))
    const user = await addUser(usersDir)
    const leave = async () => {
      await rm(user, { force: true })
      if (!(await isUsed(usersDir))) await stopPostmaster(folder.cluster)
    }
    try {
      await ensureDatabase({ port, password, database })
    } catch (error) {
      await leave()
      throw error
    }
    let left: Promise<void> | undefined
    const stop = () => {
      left ??= withLock(lock, leave)
      return left
    }
    const place = { port, password, database }
    return { url: formatUrl(place), superuserUrl: formatSuperuserUrl(place), pid, stop }
  }
  return withLock(lock, start).catch((error: unknown) => explainFull(error, path))
}

/** The probe of the folder writes nothing, so a full disk is met later. */
function explainFull(error: unknown, path: string): never {
  const code = errorCode(error)
  if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
  throw new EmbeddedPostgresError(
    `The data folder ${path} has no space left (${code}); make some, and start again.`,
    { cause: error },
  )
}

async function startAfresh(folder: DataFolder, password: string, input: StartInput): Promise<Postmaster> {
  const { version = 18, settings = {}, report = () => undefined } = input
  const found = findBinaries(version)
  const binaries = (folder.runUser ? await shareBinaries(found) : found).root
  if (!(await readVersion(folder))) {
    report(`Making the database in ${folder.cluster}`)
    await initialiseCluster({ folder, binaries, password, isDurable: settings.fsync !== 'off' })
  }
  return startPostmaster({ folder, binaries, settings })
}

async function checkVersion(folder: DataFolder, version: PostgresVersion): Promise<void> {
  const made = await readVersion(folder)
  if (made && made !== String(version)) {
    throw new EmbeddedPostgresError(
      `The data folder ${folder.path} was made by PostgreSQL ${made} and cannot be opened by ${version}; choose another folder.`,
    )
  }
}

async function readVersion(folder: DataFolder): Promise<string> {
  try {
    return (await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ''
    throw new EmbeddedPostgresError(
      `The database in ${folder.cluster} cannot be read (${errorCode(error)}); give the folder with all in it to the user of the server: chown -R.`,
      { cause: error },
    )
  }
}
