import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** Several times what a run has in temporary files at once: databases, profiles of browsers, installed packages. */
const ENOUGH_BYTES = 8 * 2 ** 30
const NAME = 'latchkey-run-'

/**
 * Makes one folder for all temporary files of a run, which ends with this process. TMPDIR names it.
 *
 * It lies in memory where there is room, unless TMPDIR was set. Tests make and remove many thousand small files, and a
 * disk costs several times the processor time.
 */
export function useRunFolder(): void {
  if (process.env.TMPDIR?.includes(NAME)) return
  const place = process.env.TMPDIR || !hasRoomyMemory() ? tmpdir() : MEMORY
  sweep(place)
  const folder = mkdtempSync(join(place, `${NAME}${process.pid}-`))
  // PostgreSQL and Postfix run as other users.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
}

function hasRoomyMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    const [, options = ''] =
      new RegExp(`^\\S+ ${MEMORY} \\S+ (\\S+)`, 'm').exec(readFileSync('/proc/mounts', 'utf8')) ?? []
    const mayRun = options !== '' && !options.split(',').includes('noexec')
    return mayRun && Math.min(bavail * bsize, process.availableMemory()) > ENOUGH_BYTES
  } catch {
    return false
  }
}

/** Removes what killed runs left. */
function sweep(place: string): void {
  for (const name of readdirSync(place)) {
    const [, pid] = new RegExp(`^${NAME}(\\d+)-`).exec(name) ?? []
    if (pid && !isRunning(Number(pid))) rmSync(join(place, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
