import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findProcess, isRunning, readCommandLine } from './processes.ts'

/** What a running PostgreSQL says about itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number
  port: number
  /** `starting`, `ready` or `stopping`; empty right after the start. */
  status: string
}

/**
 * Finds the postmaster that runs on a cluster; null when none runs, even when the file names a process.
 *
 * The file outlives a killed postmaster, and another process may have its pid by then. The process must therefore
 * run PostgreSQL on this cluster.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return null
  const identity = findProcess(pid)
  const command = readCommandLine(pid)
  if (!identity || !isRunning(identity)) return null
  if (!command.includes('postgres') || !command.includes(cluster)) return null
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}
