import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError, errorCode } from './errors.ts'
import { findProcess, isRunning } from './processes.ts'

const POLL_MILLISECONDS = 25
const PATIENCE_MILLISECONDS = 120_000
let counter = 0

/**
 * Runs work that no two processes may do at the same time.
 *
 * The lock is a file that names its holder. The file of a killed holder is taken over.
 *
 * @throws {EmbeddedPostgresError} when a living process holds the lock for two minutes
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await takeLock(file)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function takeLock(file: string): Promise<void> {
  const mine = `${file}.${process.pid}.${++counter}`
  await writeFile(mine, findProcess(process.pid) ?? '', { mode: 0o600 })
  const deadline = performance.now() + PATIENCE_MILLISECONDS
  try {
    while (!(await linkOnce(mine, file))) {
      await removeIfStale(file, `${mine}.stale`)
      if (performance.now() > deadline)
        throw new EmbeddedPostgresError(`Another process holds ${file} and does not let go.`)
      await sleep(POLL_MILLISECONDS)
    }
  } finally {
    await rm(mine, { force: true })
  }
}

// A hard link appears with its whole content, and never replaces an existing file.
async function linkOnce(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file)
    return true
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return false
  }
}

async function removeIfStale(file: string, aside: string): Promise<void> {
  try {
    if (isRunning(await readFile(file, 'utf8'))) return
    await rename(file, aside)
    // Between the two lines above another waiter may have replaced the stale lock by its own: give that lock back.
    if (isRunning(await readFile(aside, 'utf8'))) await linkOnce(aside, file)
    await rm(aside, { force: true })
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
