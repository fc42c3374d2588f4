import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { findPostmaster } from '../src/postmaster-file.ts'
import { stopPostmaster } from '../src/stop-postmaster.ts'
import { isOpenToOthers } from '../src/system-folder.ts'

/** Whether the tests run as root. PostgreSQL runs as another user then. */
export const isRoot = process.getuid?.() === 0

/** Systems give ports from 32768 on to those who ask for any. */
const FIRST_PORT = 20_000
const PORTS = 12_000

const folders: string[] = []

/** Makes an empty folder for one test. `cleanUp` stops its processes and removes it. */
export async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-embedded-'))
  folders.push(folder)
  return folder
}

/**
 * Gives the database of a new folder a port that the system gives nobody who asks for any port.
 * So no other process has it while the database is stopped.
 */
export async function choosePort(dataDir: string, uid = process.getuid?.() ?? 0): Promise<void> {
  const file = join(dataDir, 'port')
  await mkdir(dataDir, { recursive: true })
  await writeFile(file, String(FIRST_PORT + (process.pid % PORTS)))
  for (const path of [dataDir, file]) await chown(path, uid, uid)
}

/** Ends the processes that the tests left, and removes their files. */
export async function cleanUp(): Promise<void> {
  for (const folder of folders.splice(0)) {
    const home = await findHome(folder)
    await stopPostmaster(join(home, 'cluster'))
    for (const path of [home, folder]) await rm(path, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A Node that an ordinary user can run: this one, or a copy of it when it lies under root's home. */
export async function findOpenNode(): Promise<string> {
  if (await isOpenToOthers(process.execPath)) return process.execPath
  const folder = await makeDataDir()
  const copy = join(folder, 'node')
  await copyFile(process.execPath, copy)
  for (const path of [folder, copy]) await chmod(path, 0o755)
  return copy
}

/** Finds the folder around a data folder's cluster. */
export async function findHome(dataDir: string): Promise<string> {
  return readFile(join(dataDir, 'location'), 'utf8').catch(() => dataDir)
}

/** Finds the pid of the PostgreSQL of a data folder, or null when none runs. */
export async function findServerPid(dataDir: string): Promise<number | null> {
  return (await findPostmaster(join(await findHome(dataDir), 'cluster')))?.pid ?? null
}

/** Starts a separate process that takes the database. */
export function spawnHolder(
  dataDir: string,
  options: { version?: number; uid?: number; node?: string; stderr?: 'pipe' } = {},
): ChildProcess {
  const script = fileURLToPath(new URL('hold-database.ts', import.meta.url))
  return spawn(options.node ?? process.execPath, [script, dataDir, String(options.version ?? 18)], {
    stdio: ['ignore', 'pipe', options.stderr ?? 'inherit'],
    ...(options.uid && { uid: options.uid, gid: options.uid }),
  })
}

/** Waits for the address that a holder prints once it has the database. */
export async function readUrl(holder: ChildProcess): Promise<string> {
  if (!holder.stdout) throw new Error('the holder has no output')
  const [line] = await once(createInterface(holder.stdout), 'line')
  return line
}

/** Waits for the end of a holder that was spawned with a pipe for its faults, and returns them. */
export async function readFaults(holder: ChildProcess): Promise<string> {
  if (!holder.stderr) throw new Error('the holder has no pipe for its faults')
  return text(holder.stderr)
}

/** Sends a signal and waits for the exit. */
export async function end(holder: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(holder, 'exit')
  holder.kill(signal)
  await ended
}

/** Runs one statement over a separate connection. */
export async function ask(url: string, statement: string): Promise<Record<string, string>[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 60, onnotice: () => undefined })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
