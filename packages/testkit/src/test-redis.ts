import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { accepts } from './accepts.ts'
import { findFreePort } from './free-port.ts'

/** The Redis or Valkey of one test, which the test can kill and start again. */
export interface TestRedis {
  url: string
  /** Kills it, and loses its counters. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  restart(): Promise<void>
}

const PROGRAMS = ['redis-server', 'valkey-server']

/** Starts a Redis that stores nothing on disk. Fails on a machine without Redis. */
export async function startTestRedis(): Promise<TestRedis> {
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version']).status === 0)
  if (!program) throw new Error('There is no Redis here: apt-get install redis-server')
  const port = await findFreePort()
  let running = await startOn(program, port)
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => {
      if (running.exitCode !== null || running.signalCode !== null) return
      running.kill('SIGKILL')
      await once(running, 'exit')
    },
    restart: async () => {
      running = await startOn(program, port)
    },
  }
}

async function startOn(program: string, port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn(program, options, { stdio: 'ignore' })
  while (child.exitCode === null && !(await accepts(port))) await sleep(20)
  if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}.`)
  return child
}
