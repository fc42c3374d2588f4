import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MILLISECONDS = 20

/** Names a process by pid and start time, which is unique; null when it is gone or a zombie. */
export function findProcess(pid: number): string | null {
  const start = process.platform === 'linux' ? linuxStart(pid) : otherStart(pid)
  return start && `${pid} ${start}`
}

/** Answers whether the process named by `findProcess` still runs. */
export function isRunning(identity: string): boolean {
  return findProcess(Number.parseInt(identity, 10)) === identity
}

/** The command line of a process, with spaces between its words; empty when no such process runs. */
export function readCommandLine(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return ps(pid, 'command=')
  } catch {
    return ''
  }
}

/** Waits until a process is gone; false when it still runs after `timeoutMilliseconds`. */
export async function waitForExit(pid: number, timeoutMilliseconds: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMilliseconds
  const identity = findProcess(pid)
  while (identity && isRunning(identity)) {
    if (performance.now() > deadline) return false
    await sleep(POLL_MILLISECONDS)
  }
  return true
}

function linuxStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in parentheses. The name may contain blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function otherStart(pid: number): string | null {
  try {
    return ps(pid, 'stat=').startsWith('Z') ? null : ps(pid, 'lstart=')
  } catch {
    return null
  }
}

function ps(pid: number, field: string): string {
  return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).trim()
}
