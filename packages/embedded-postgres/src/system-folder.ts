import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, cp, lstat, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresError, errorCode } from './errors.ts'

const CANDIDATES = ['/var/lib/latchkey', '/var/tmp/latchkey']
const OTHERS_MAY_ENTER = 0o001
const OTHERS_MAY_WRITE = 0o022

/**
 * Makes a folder that root owns and an unprivileged PostgreSQL can reach.
 *
 * @throws {EmbeddedPostgresError} when no candidate can be used
 */
export async function openSystemFolder(): Promise<string> {
  for (const folder of CANDIDATES) {
    await mkdir(folder)
      .then(() => chmod(folder, 0o755))
      .catch(() => undefined)
    const found = await lstat(folder).catch(() => null)
    // In /var/tmp another user could make the folder first, and then choose the programs that we run.
    if (found?.isDirectory() && found.uid === 0 && !(found.mode & OTHERS_MAY_WRITE)) return folder
  }
  throw new EmbeddedPostgresError(
    `As root, the database needs one of the folders ${CANDIDATES.join(' and ')}.`,
  )
}

/**
 * Copies PostgreSQL to a folder where an unprivileged user can run it, once per build.
 *
 * Only root can enter a clone under root's home, and PostgreSQL refuses to run as root.
 */
export async function shareBinaries(binaries: Binaries): Promise<Binaries> {
  const shared = join(await openSystemFolder(), binaries.build)
  if (await stat(shared).catch(() => null)) return { ...binaries, root: shared }
  const unfinished = `${shared}.${randomBytes(4).toString('hex')}`
  await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true })
  // An installation with a strict umask leaves binaries that other users cannot read.
  execFileSync('chmod', ['-R', 'a+rX', unfinished])
  try {
    await rename(unfinished, shared)
  } catch (error) {
    // Another process was faster, and its copy is the same.
    await rm(unfinished, { recursive: true, force: true })
    if (!['EEXIST', 'ENOTEMPTY'].includes(errorCode(error))) throw error
  }
  return { ...binaries, root: shared }
}

/** Answers whether any user of the machine can enter a folder and all folders above it. */
export async function isOpenToOthers(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (!((await stat(at)).mode & OTHERS_MAY_ENTER)) return false
    if (at === dirname(at)) return true
  }
}
