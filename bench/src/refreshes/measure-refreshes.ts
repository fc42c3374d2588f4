import type { CallerOptions } from '../callers/main.ts'
import type { ProtocolName } from '../callers/protocols.ts'
import type { CallTask } from '../callers/tasks.ts'
import type { Load } from '../measure.ts'
import { readCpuSeconds } from '../processes.ts'
import type { Round } from '../report.ts'
import { startServer } from '../server.ts'
import { startWorker, type Worker } from '../worker.ts'

/** The kinds of refresh that are compared, with the protocols of their callers. */
export const KINDS = {
  plain: 'rest',
  keyed: 'rest-keyed',
  bound: 'rest-bound',
  'bound, refused without a nonce': 'rest-without-nonce',
} as const satisfies Record<string, ProtocolName>

/** The name of a kind of refresh. */
export type Kind = keyof typeof KINDS

/** The size of a run. */
export interface RefreshSize extends Load {
  rounds: number
  /** How long each kind runs before anything counts: Node compiles code in its first runs. */
  warmUpSeconds: number
}

/**
 * Measures every kind of refresh on one server, in turn, and all of it again in each round.
 *
 * @param settings - those of the server, with its database
 * @param listBackends - the ids of the processes of PostgreSQL that serve it
 */
export async function measureRefreshes(
  settings: Record<string, string>,
  size: RefreshSize,
  listBackends: () => Promise<number[]>,
): Promise<Round[]> {
  const server = await startServer(settings)
  const workers = new Map<Kind, Worker<CallTask>>()
  try {
    for (const [kind, protocol] of Object.entries(KINDS) as [Kind, ProtocolName][]) {
      // A sign-up of the person's own address: the kinds share a database.
      const group = protocol.replaceAll('-', '')
      const options: CallerOptions = { protocol, port: server.port, group, people: size.clients }
      const worker = await startWorker<CallTask>('callers/main.ts', options)
      workers.set(kind, worker)
      if (size.warmUpSeconds > 0) await worker.run('refresh', { ...size, seconds: size.warmUpSeconds })
    }
    const backends = await listBackends()
    return await measureInTurn([...workers], size, [[server.pid], backends])
  } finally {
    for (const worker of workers.values()) worker.stop()
    await server.stop()
  }
}

async function measureInTurn(
  workers: [Kind, Worker<CallTask>][],
  { clients, seconds, rounds }: RefreshSize,
  processes: number[][],
): Promise<Round[]> {
  const measured: Round[] = []
  for (let round = 0; round < rounds; round++) {
    const turn = round % workers.length
    for (const [name, worker] of [...workers.slice(turn), ...workers.slice(0, turn)]) {
      const groups = [[worker.pid], ...processes]
      const before = await Promise.all(groups.map(readCpuSeconds))
      const started = performance.now()
      const measurement = await worker.run('refresh', { clients, seconds })
      const elapsed = (performance.now() - started) / 1000
      const after = await Promise.all(groups.map(readCpuSeconds))
      const used = after.map((total, i) => (total - (before[i] ?? 0)) / elapsed)
      const [own = 0, server = 0, postgres = 0] = used
      measured.push({ ...measurement, name, clients, cpu: { worker: own, server, postgres } })
    }
  }
  return measured
}
