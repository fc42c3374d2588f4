import { readdirSync, readFileSync } from 'node:fs'

/** Lists the command lines of the running processes that name this text. */
export function listProcesses(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map(readCommandLine)
    .filter((line) => line.includes(text))
}

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // The process has ended.
    return ''
  }
}
