import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A running server process. */
export interface Server {
  port: number
  pid: number
  /** Seconds from the start of the process to its first 200. */
  startSeconds: number
  stop(): Promise<void>
}

const SERVER = join(import.meta.dirname, '../../apps/server')
const BUNDLE = join(SERVER, 'dist/main.js')
const START_SECONDS = 60

/** The measured program: the bundle when it was built, else the sources. */
export const ENTRY = existsSync(BUNDLE) ? BUNDLE : join(SERVER, 'src/process/main.ts')

const LIMITS = ['ANON', 'USER', 'REFRESH', 'LOGIN', 'LOGIN_EMAIL', 'MAIL']

/** Settings without throttles, and with as many sessions as one account may have. */
export const NO_LIMITS = {
  ...Object.fromEntries(LIMITS.map((name) => [`THROTTLE_${name}`, 'off'])),
  SESSIONS_PER_ACCOUNT: '10000',
}

/**
 * Starts the server as `npm start` does, and waits until it is ready.
 *
 * @param settings - the environment without the port
 */
export async function startServer(settings: Record<string, string>): Promise<Server> {
  const port = await findFreePort()
  const started = performance.now()
  const threads = String(availableParallelism() + 4)
  const flags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter(Boolean)
  const child = spawn(process.execPath, [...flags, ENTRY], {
    env: {
      PATH: process.env.PATH,
      UV_THREADPOOL_SIZE: threads,
      HOST: '127.0.0.1',
      PORT: String(port),
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await waitUntilReady(child, port)
  const startSeconds = (performance.now() - started) / 1000
  return { port, pid: child.pid as number, startSeconds, stop: () => stop(child) }
}

async function waitUntilReady(child: ChildProcess, port: number): Promise<void> {
  for (const until = Date.now() + START_SECONDS * 1000; Date.now() < until; await sleep(10)) {
    if (child.exitCode !== null) break
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return
  }
  child.kill()
  throw new Error(`The server at ${ENTRY} did not come up.`)
}

async function stop(child: ChildProcess): Promise<void> {
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
