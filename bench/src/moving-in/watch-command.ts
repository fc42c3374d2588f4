import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** What was seen of a command from its start to its end. */
export interface Seen {
  seconds: number
  /** The most resident memory, as the kernel counts it; null on a machine without /proc. */
  peakMib: number | null
  /** The lines of its progress. */
  progress: string[]
  output: string
}

/** The kernel forgets the peak with the process, so it is read often. It only grows. */
const READ_EACH_MS = 50

/**
 * Runs a program of Node, and reads how much memory the kernel gives it.
 *
 * @param args - those of Node
 * @throws {Error} it ended with another code than 0: with what it has printed
 */
export async function watchCommand(args: string[], env: Record<string, string>): Promise<Seen> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env } })
  let [output, errors] = ['', '']
  let peakMib: number | null = null
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const timer = setInterval(async () => {
    peakMib = (await readPeakMib(child.pid)) ?? peakMib
  }, READ_EACH_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(timer)
  if (code !== 0) throw new Error(`The command ended with ${code}: ${errors}${output}`)
  const seconds = (performance.now() - started) / 1000
  return { seconds, peakMib, progress: errors.split(/[\r\n]+/).filter(Boolean), output }
}

async function readPeakMib(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
  return kib ? Number(kib) / 1024 : null
}
