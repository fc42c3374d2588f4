import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { accepts } from './accepts.ts'
import { findFreePort } from './free-port.ts'

/** A PgBouncer in transaction mode before the database of a test. */
export interface TestPgBouncer {
  /** The address of the database through PgBouncer. */
  url: string
  /** Lets no statement begin, until {@link TestPgBouncer.resume}. */
  pause(): void
  resume(): void
  /** Lets a statement wait for a connection no longer than this. At first it may wait as long as a slow start needs. */
  setQueryWait(seconds: number): Promise<void>
  /** Ends it at once. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A user without privileges that Debian and its relatives have. PgBouncer refuses to run as root. */
const UNPRIVILEGED = 'nobody'

/** Starts PgBouncer. Fails on a machine without it. */
export async function startPgBouncer(
  databaseUrl: string,
  settings: { poolSize: number },
): Promise<TestPgBouncer> {
  if (spawnSync('pgbouncer', ['--version']).error) {
    throw new Error('There is no PgBouncer here: apt-get install pgbouncer')
  }
  const port = await findFreePort()
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-pgbouncer-'))
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, describe(databaseUrl, { ...settings, port }))
  await openToUnprivileged(folder, file)
  let running = await startOn(file, port)
  const kill = async () => {
    if (running.exitCode !== null || running.signalCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    pause: () => void running.kill('SIGUSR1'),
    resume: () => void running.kill('SIGUSR2'),
    setQueryWait: async (seconds) => {
      await appendFile(file, `query_wait_timeout = ${seconds}\n`)
      running.kill('SIGHUP')
    },
    kill,
    restart: async () => {
      running = await startOn(file, port)
    },
    close: async () => {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

function describe(databaseUrl: string, settings: { port: number; poolSize: number }) {
  const { hostname, port, username, password } = new URL(databaseUrl)
  const server = {
    host: hostname,
    port,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
  const pairs = Object.entries(server).map(([name, value]) => `${name}='${value.replaceAll("'", "''")}'`)
  return `
[databases]
* = ${pairs.join(' ')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${settings.port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${settings.poolSize}
server_login_retry = 1
`
}

async function openToUnprivileged(folder: string, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const ids = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, UNPRIVILEGED]).stdout))
  for (const path of [folder, file]) await chown(path, ids[0] ?? 0, ids[1] ?? 0)
  await chmod(file, 0o600)
}

async function startOn(file: string, port: number): Promise<ChildProcess> {
  const user = process.getuid?.() === 0 ? ['-u', UNPRIVILEGED] : []
  const child = spawn('pgbouncer', [...user, file], { stdio: 'ignore' })
  while (child.exitCode === null && !(await accepts(port))) await sleep(20)
  if (child.exitCode !== null) throw new Error(`PgBouncer ended with ${child.exitCode}.`)
  return child
}
