import { createHash, randomUUID } from 'node:crypto'
import { lstat, readdir, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { DAY_SECONDS } from '@latchkey/core'

/** Two containers may have processes of one id. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
/** The next container of a name has a process of the same id. */
const START = Math.round(performance.timeOrigin)
/** What follows the name of the file: a process of a machine, and when it began. Former releases wrote the last part alone. */
const OWNER = /^\.(?:([0-9a-f]{8})-(\d{1,10})-(\d{1,15})-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Names a file that is written first and then takes the place of another one. The name says whose it is. */
export function nameDraft(path: string): string {
  return `${path}.${HOST}-${process.pid}-${START}-${randomUUID()}`
}

/**
 * Removes the drafts of a file that killed processes have left. That of a running process stays.
 *
 * Nobody knows of a process on another machine whether it runs, so its draft counts as left once it was not written for a day.
 */
export async function removeDeadDrafts(path: string): Promise<void> {
  const folder = dirname(path)
  // Whoever cannot list the folder is told by the file itself, if it cannot be written either.
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(basename(path))) continue
    const owner = OWNER.exec(name.slice(basename(path).length))
    if (owner && (await isDead(join(folder, name), owner))) await unlink(join(folder, name)).catch(() => {})
  }
}

async function isDead(draft: string, [, host, pid, start]: RegExpExecArray): Promise<boolean> {
  if (host === HOST) return Number(pid) === process.pid ? Number(start) !== START : !isRunning(Number(pid))
  const found = await lstat(draft).catch(() => null)
  return found?.isFile() === true && found.mtimeMs < Date.now() - 1000 * DAY_SECONDS
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of another user refuses the signal, so it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
