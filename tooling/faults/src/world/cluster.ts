import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import { waitUntil } from '@latchkey/testkit'
import postgres from 'postgres'
import { type SmallDisk, tryMountDisk } from './small-disk.ts'

/** A PostgreSQL that the run can end in every way, and starts again as a supervisor would. */
export interface Cluster {
  port: number
  /** The address for the role that owns the tables, at another port when one is given. */
  urlAt(port: number): string
  /** The disk of its data; null where this machine cannot make one. */
  disk: SmallDisk | null
  /** Runs statements as the superuser, on a connection of its own. */
  ask<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T>
  /** The same as the role of the servers, for which PostgreSQL reserves no connection. */
  askAsOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T>
  /** The process of PostgreSQL itself. */
  pid(): number
  /** Ends it: SIGKILL, SIGQUIT (immediate) or SIGINT (fast). Returns when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>
  /** Starts it when it does not run. */
  start(): Promise<void>
  stop(): Promise<void>
}

const SETTINGS = { fsync: 'off', max_connections: '80', max_wal_size: '128MB' }

/**
 * Starts the PostgreSQL of the run.
 *
 * A process that is killed loses nothing that the operating system has, so the run does not wait for the disk.
 */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-faults-'))
  const disk = await tryMountDisk(folder)
  const uses: EmbeddedPostgres[] = []
  let running = await launch()
  const port = Number(new URL(running.superuserUrl).port)

  async function launch(): Promise<EmbeddedPostgres> {
    const own = await startEmbeddedPostgres({ dataDir: folder, settings: SETTINGS })
    uses.push(own)
    return own
  }
  async function start(): Promise<void> {
    if (isAlive(running.pid)) return
    running = await launch()
    if (Number(new URL(running.superuserUrl).port) !== port)
      throw new Error('PostgreSQL came back on another port.')
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!isAlive(running.pid)) return
    process.kill(running.pid, signal)
    await waitUntil(() => !isAlive(running.pid), 'PostgreSQL to end')
  }
  return {
    port,
    disk,
    urlAt: (at) => Object.assign(new URL(running.url), { port: String(at) }).href,
    ask: (work) => askOnce(running.superuserUrl, work),
    askAsOwner: (work) => askOnce(running.url, work),
    pid: () => running.pid,
    end,
    start,
    stop: async () => {
      await end('SIGINT').catch(() => undefined)
      for (const use of uses) await use.stop().catch(() => undefined)
      await disk?.unmount()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function askOnce<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, ssl: false, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Answers whether a process runs. A zombie does not: it has ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
