import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** A running server process. */
export interface Server {
  port: number
  pid: number
  /** Seconds from the start of the process to its first 200. */
  startSeconds: number
  /** Ends the process, and returns when it is gone. */
  stop(): Promise<void>
}

/** How to start a server process. */
export interface Command {
  /** What the process is, for the error when it does not come up. */
  name: string
  /** The arguments of Node. */
  args: (port: number) => string[]
  env?: (port: number) => Record<string, string>
  /** A path that answers 200 as soon as the server serves. */
  readyPath: string
}

const START_SECONDS = 60

/** The threads of libuv that each process gets, as `npm start` sets them. */
export const HASH_THREADS = String(availableParallelism() + 4)

/**
 * Starts a server on a free port, and waits until it is ready. Every server gets the same threads for hashes.
 *
 * @throws {Error} the process ended, or does not answer within a minute
 */
export async function startProcess(command: Command): Promise<Server> {
  const port = await findFreePort()
  const started = performance.now()
  const child = spawn(process.execPath, command.args(port), {
    env: {
      PATH: process.env.PATH,
      UV_THREADPOOL_SIZE: HASH_THREADS,
      NODE_ENV: 'production',
      ...command.env?.(port),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await waitUntilReady(child, { ...command, port })
  const startSeconds = (performance.now() - started) / 1000
  return { port, pid: child.pid as number, startSeconds, stop: () => stop(child) }
}

async function waitUntilReady(
  child: ChildProcess,
  { name, port, readyPath }: Command & { port: number },
): Promise<void> {
  for (const until = Date.now() + START_SECONDS * 1000; Date.now() < until; await sleep(10)) {
    if (child.exitCode !== null) break
    const isReady = await fetch(`http://127.0.0.1:${port}${readyPath}`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return
  }
  child.kill('SIGKILL')
  throw new Error(`${name} did not come up.`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}
