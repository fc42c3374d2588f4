import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanEnvironment } from './clean-environment.ts'
import type { DataFolder } from './data-folder.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { findFreePort } from './free-port.ts'
import { findPostmaster, type Postmaster } from './postmaster-file.ts'

const POLL_MILLISECONDS = 20
const READY_TIMEOUT_MILLISECONDS = 120_000
const ATTEMPTS = 5
const PAUSE_MILLISECONDS = 500

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // PostgreSQL would log a failed statement with its values, which can be addresses and hashes.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/**
 * Starts PostgreSQL on a cluster on which none runs, and waits until it is ready.
 *
 * @param input.settings - further settings of postgresql.conf; they win over ours
 * @throws {EmbeddedPostgresError} with the last line of its log
 */
export async function startPostmaster(input: {
  folder: DataFolder
  binaries: string
  settings: Record<string, string>
}): Promise<Postmaster> {
  const { folder } = input
  const portFile = join(folder.path, 'port')
  for (let attempt = 1; ; attempt++) {
    // PostgreSQL would refuse to start when the pid of a stale file now belongs to another process.
    await rm(join(folder.cluster, 'postmaster.pid'), { force: true })
    const port = await findFreePort(Number(await readFile(portFile, 'utf8').catch(() => 0)))
    const started = await launch({
      ...input,
      settings: { ...SETTINGS, port: String(port), ...input.settings },
    })
    if (typeof started !== 'string') {
      await writeFile(portFile, String(port))
      return started
    }
    // The children of a killed postmaster hold its memory for a moment, and another process may take a free port.
    const isPassing = /shared memory|Address already in use|could not bind/i.test(started)
    if (!isPassing || attempt === ATTEMPTS)
      throw new EmbeddedPostgresError(`PostgreSQL did not start: ${started}`)
    await sleep(PAUSE_MILLISECONDS)
  }
}

async function launch(input: {
  folder: DataFolder
  binaries: string
  settings: Record<string, string>
}): Promise<Postmaster | string> {
  const { cluster, path, runUser } = input.folder
  const logFile = join(path, 'postgres.log')
  await rm(logFile, { force: true })
  const log = await open(logFile, 'wx', 0o600)
  const settings = Object.entries(input.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(input.binaries, 'bin', 'postgres'), ['-D', cluster, ...settings], {
    cwd: cluster,
    // A process group of its own: Ctrl-C in a terminal must not end the database before the server has drained.
    detached: true,
    env: cleanEnvironment(),
    stdio: ['ignore', log.fd, log.fd],
    ...runUser,
  })
  const ended = once(child, 'exit').then(
    () => readReason(logFile),
    (error: Error) => error.message,
  )
  child.unref()
  await log.close()
  return Promise.race([ended, waitUntilReady(cluster, child.pid)])
}

async function waitUntilReady(cluster: string, pid: number | undefined): Promise<Postmaster | string> {
  const deadline = performance.now() + READY_TIMEOUT_MILLISECONDS
  while (performance.now() < deadline) {
    const found = await findPostmaster(cluster)
    if (found?.pid === pid && found?.status === 'ready') return found
    await sleep(POLL_MILLISECONDS)
  }
  return 'it was not ready in time'
}

async function readReason(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n')
  const said = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? ''
  const detail = lines.find((line) => line.includes('shared memory') || line.includes('could not bind')) ?? ''
  return detail && detail !== said ? `${said} (${detail})` : said
}
