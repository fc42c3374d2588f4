import type { BareTask } from '../bare.ts'
import type { ProtocolName } from '../callers/protocols.ts'
import type { CallTask } from '../callers/tasks.ts'
import type { Load, Measurement } from '../measure.ts'
import { type Argon2, POOL_SIZE } from '../settings.ts'
import type { Server } from '../start-process.ts'
import { startWorker } from '../worker.ts'
import type { Operation } from './figures.ts'

/** The names of the contenders. */
export const NAMES = {
  latchkey: 'Latchkey',
  trpc: 'Latchkey, tRPC',
  route: 'hand-written route',
  betterAuth: 'better-auth',
  betterAuthArgon2: 'better-auth, Argon2id and JWT',
  betterAuthCached: 'better-auth, cookie cache',
  bareHash: 'bare hash',
} as const

/** A contender that runs, with the process of its callers. */
export interface Contender {
  name: string
  operations: readonly Operation[]
  /** The server; null for a bare loop. */
  server: Server | null
  /** The process of the callers, or of the bare loop. */
  workerPid: number
  run(operation: Operation, load: Load): Promise<Measurement>
  /** Ends the callers. The server stays. */
  stop(): void
}

/** Gives a server its callers. They sign up before they call, unless `stored` names users that are there. */
export async function call(
  server: Server,
  input: {
    name: string
    protocol: ProtocolName
    operations: readonly Operation[]
    people: number
    stored?: string[]
  },
): Promise<Contender> {
  const { name, operations, ...options } = input
  const worker = await startWorker<CallTask>('callers/main.ts', {
    ...options,
    port: server.port,
    group: 'person',
  })
  return { name, operations, server, workerPid: worker.pid, run: worker.run, stop: worker.stop }
}

/** Starts the bare loop of hashes. A sign-in is one hash to it. */
export async function startBareHash(
  url: string,
  { people, argon2 }: { people: number; argon2: Argon2 },
): Promise<Contender> {
  const worker = await startWorker<BareTask>('bare.ts', { url, poolSize: POOL_SIZE, most: people, argon2 })
  return {
    name: NAMES.bareHash,
    operations: ['login'],
    server: null,
    workerPid: worker.pid,
    run: (_operation, load) => worker.run('hash', load),
    stop: worker.stop,
  }
}
