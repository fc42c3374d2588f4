import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import postgres from 'postgres'
import type { BareTask } from './bare.ts'
import type { CallTask } from './callers/tasks.ts'
import type { Measurement } from './measure.ts'
import { readCpuSeconds, readResidentMib } from './processes.ts'
import { compare, formatTable, type Round, summarize } from './report.ts'
import { ENTRY, startServer } from './server.ts'
import { ARGON2, POOL_SIZE, productionSettings } from './settings.ts'
import type { Server } from './start-process.ts'
import { startWorker, type Worker } from './worker.ts'

const CLIENTS = [8, 32]
/** The rounds, in turn: each task of the server with its bare counterpart. */
const PLAN = [
  { tasks: ['login', 'hash'], seconds: 2, rounds: 5 },
  { tasks: ['refresh', 'rotation'], seconds: 2, rounds: 5 },
  { tasks: ['user'], seconds: 2, rounds: 2 },
] as const
/** Node compiles code in its first runs. A server leaves that state soon, so every task runs before the count. */
const WARM_UP = { clients: 8, seconds: 4 }

/** One planned round. */
interface Step {
  name: CallTask | BareTask
  clients: number
  seconds: number
}

interface Workers {
  load: Worker<CallTask>
  bare: Worker<BareTask>
  server: Server
  postgres: number[]
}

/** The load of the machine before the run. Figures from a busy machine cannot be compared. */
const loadBefore = loadavg()[0]
const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
const starts = await measureStarts(join(folder, 'starts'))
const database = await startEmbeddedPostgres({ dataDir: join(folder, 'database') })
try {
  await measureServer()
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

async function measureServer(): Promise<void> {
  const settings = {
    ...productionSettings(ARGON2),
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
  }
  const server = await startServer(settings)
  try {
    await sleep(1000)
    const idleMib = await readResidentMib(server.pid)
    const rounds = await measureRounds(server, database.url)
    const loadedMib = await readResidentMib(server.pid)
    report(rounds, { ...starts, idleMib, loadedMib })
  } finally {
    await server.stop()
  }
}

/** Measures a start on an empty folder and the next start, both with the private database. */
async function measureStarts(dataDir: string): Promise<{ coldSeconds: number; warmSeconds: number }> {
  const settings = { DATA_DIR: dataDir }
  const cold = await startServer(settings)
  await cold.stop()
  const warm = await startServer(settings)
  await warm.stop()
  return { coldSeconds: cold.startSeconds, warmSeconds: warm.startSeconds }
}

async function measureRounds(running: Server, url: string): Promise<Round[]> {
  const most = Math.max(...CLIENTS)
  const people = { protocol: 'rest', port: running.port, group: 'person', people: most }
  const load = await startWorker<CallTask>('callers/main.ts', people)
  const bare = await startWorker<BareTask>('bare.ts', { url, poolSize: POOL_SIZE, most, argon2: ARGON2 })
  const sql = postgres(url, { max: 1 })
  const rounds: Round[] = []
  try {
    for (const name of new Set(PLAN.flatMap(({ tasks }) => tasks))) {
      await runTask({ load, bare }, { name, ...WARM_UP })
    }
    for (const step of listSteps()) {
      const backends = await sql<{ pid: number }[]>`select pid from pg_stat_activity`
      const workers = { load, bare, server: running, postgres: backends.map(({ pid }) => pid) }
      rounds.push(await measureRound(workers, step))
    }
  } finally {
    load.stop()
    bare.stop()
    await sql.end()
  }
  return rounds
}

function listSteps(): Step[] {
  return CLIENTS.flatMap((clients) =>
    PLAN.flatMap(({ tasks, seconds, rounds }) =>
      Array.from({ length: rounds }, () => tasks.map((name) => ({ name, clients, seconds }))).flat(),
    ),
  )
}

function isBareTask(name: CallTask | BareTask): name is BareTask {
  return name === 'hash' || name === 'rotation'
}

function runTask(workers: Pick<Workers, 'load' | 'bare'>, { name, ...load }: Step): Promise<Measurement> {
  return isBareTask(name) ? workers.bare.run(name, load) : workers.load.run(name, load)
}

async function measureRound(workers: Workers, step: Step): Promise<Round> {
  const { name, clients } = step
  const worker = isBareTask(name) ? workers.bare : workers.load
  const groups = [[worker.pid], [workers.server.pid], workers.postgres]
  const before = await Promise.all(groups.map(readCpuSeconds))
  const started = performance.now()
  const measurement = await runTask(workers, step)
  const after = await Promise.all(groups.map(readCpuSeconds))
  const elapsed = (performance.now() - started) / 1000
  const used = after.map((seconds, i) => (seconds - (before[i] ?? 0)) / elapsed)
  const [own = 0, server = 0, postgres = 0] = used
  return { ...measurement, name, clients, cpu: { worker: own, server, postgres } }
}

function report(rounds: Round[], process_: Record<string, number | null>): void {
  const lines = summarize(rounds)
  const ratios = [
    ...compare(rounds, { server: 'login', bare: 'hash', aim: 0.85 }),
    ...compare(rounds, { server: 'refresh', bare: 'rotation', aim: 0.7 }),
  ]
  const machine = {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    node: process.version,
    entry: ENTRY,
    loadBefore,
  }
  const table = lines.map(({ name, clients, perSecond, p50, p99, cpu, rounds: each }) => ({
    what: name,
    clients,
    'per second': Math.round(perSecond),
    'p50 ms': p50.toFixed(1),
    'p99 ms': p99.toFixed(1),
    'cpu ms per call: worker': ((1000 * cpu.worker) / perSecond).toFixed(2),
    server: ((1000 * cpu.server) / perSecond).toFixed(2),
    postgres: ((1000 * cpu.postgres) / perSecond).toFixed(2),
    rounds: each.join(' '),
  }))
  const shares = ratios.map(({ ratio, ...rest }) => ({ ...rest, ratio: ratio.toFixed(2) }))
  console.log([formatTable(table), formatTable(shares), JSON.stringify(process_, null, 2)].join('\n\n'))
  console.log(JSON.stringify({ at: new Date().toISOString(), machine, process: process_, lines, ratios }))
}
