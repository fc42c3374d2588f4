import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort, waitUntil } from '@latchkey/testkit'
import type { HeapSample } from './agent.ts'
import { askAgent } from './ask-agent.ts'

/** A server process under a supervisor, which starts it again when it ends. */
export interface ServerProcess {
  name: string
  port: number
  /** How often the process was started. */
  starts(): number
  /** How often it has ended although it served and nobody had told it to. */
  ownEnds(): number
  pid(): number
  signal(signal: NodeJS.Signals): void
  /** Answers whether the server says that it can serve. */
  isReady(): Promise<boolean>
  /** Steps the wall clock of the process. The next process has the right time again. */
  shiftClock(seconds: number): Promise<void>
  sampleHeap(): Promise<HeapSample>
  /** The number of files and sockets that the process has open. */
  countOpenFiles(): Promise<number>
  /** Ends the process and waits for the next one to be ready. */
  restart(signal: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

/** How a server process is started. */
export interface ServerOptions {
  name: string
  /** The file to run: a build of the server. */
  program: string
  /** Where the log goes. */
  folder: string
  env: Record<string, string>
}

/** Signals that end no process. */
const HARMLESS = ['SIGSTOP', 'SIGCONT']
const AGENT = join(import.meta.dirname, 'agent.ts')
const RESTART_MILLISECONDS = 300
const PROBE_MILLISECONDS = 3000

/** Starts a server process, and returns when it is ready. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const port = await findFreePort()
  const log = createWriteStream(join(options.folder, `${options.name}.log`))
  let [starts, ownEnds] = [0, 0]
  /** Whether the present process has served, and whether it was told to end. */
  let [hasServed, isTold] = [false, false]
  let isStopping = false
  let child = launch()

  function launch(): ChildProcess {
    starts++
    hasServed = isTold = false
    const started = spawn(process.execPath, ['--expose-gc', '--import', AGENT, options.program], {
      env: { PATH: process.env.PATH, ...options.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [started.stdout, started.stderr]) stream?.pipe(log, { end: false })
    // A start without a database fails, and the supervisor tries again.
    started.stdout?.on('data', (line) => {
      hasServed ||= String(line).includes('ready at')
    })
    started.on('error', () => undefined)
    started.once('exit', supervise)
    return started
  }
  async function supervise(): Promise<void> {
    if (hasServed && !isTold && !isStopping) ownEnds++
    await sleep(RESTART_MILLISECONDS)
    if (!isStopping) child = launch()
  }
  function signal(name: NodeJS.Signals): void {
    isTold ||= !HARMLESS.includes(name)
    child.kill(name)
  }
  const isReady = () => probe(`http://127.0.0.1:${port}/readyz`)
  const server: ServerProcess = {
    name: options.name,
    port,
    starts: () => starts,
    pid: () => child.pid ?? 0,
    ownEnds: () => ownEnds,
    signal,
    isReady,
    shiftClock: async (shiftSeconds) => void (await askAgent(child, { shiftSeconds })),
    sampleHeap: async () => (await askAgent(child, { heap: true })) ?? { heapUsed: 0, external: 0, rss: 0 },
    countOpenFiles: async () => (await readdir(`/proc/${child.pid}/fd`).catch(() => [])).length,
    restart: async (name) => {
      const before = starts
      signal(name)
      await waitUntil(async () => starts > before && (await isReady()), `${options.name} to come back`)
    },
    stop: async () => {
      isStopping = true
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGCONT')
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      log.end()
    },
  }
  await waitUntil(isReady, `${options.name} to be ready`)
  return server
}

async function probe(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PROBE_MILLISECONDS)
  return fetch(url, { signal, headers: { connection: 'close' } }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.ok
    },
    () => false,
  )
}
