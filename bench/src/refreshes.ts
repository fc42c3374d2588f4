import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import postgres from 'postgres'
import { type Kind, measureRefreshes } from './refreshes/measure-refreshes.ts'
import { compare, formatTable, type Round, summarize } from './report.ts'
import { ARGON2, productionSettings } from './settings.ts'

/** `npm run bench -- refreshes`: plain, keyed and bound refreshes of one server, in turn. */
const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '2' },
    clients: { type: 'string', default: '16' },
  },
})
/** The least speed of each kind, of that of a plain refresh. */
const AIMS: Partial<Record<Kind, number>> = { keyed: 0.95, bound: 0.6 }

const [loadBefore] = loadavg()
const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
const database = await startEmbeddedPostgres({ dataDir: join(folder, 'database') })
const sql = postgres(database.url, { max: 1 })
try {
  const settings = {
    ...productionSettings(ARGON2),
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
  }
  const size = {
    clients: Number(values.clients),
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    warmUpSeconds: 3,
  }
  report(await measureRefreshes(settings, size, listBackends))
} finally {
  await sql.end()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

async function listBackends(): Promise<number[]> {
  const backends = await sql<{ pid: number }[]>`select pid from pg_stat_activity`
  return backends.map(({ pid }) => pid)
}

function report(rounds: Round[]): void {
  const lines = summarize(rounds).map(({ name, perSecond, p50, p99, cpu, rounds: each }) => ({
    refresh: name,
    'per second': Math.round(perSecond),
    'p50 ms': p50.toFixed(1),
    'p99 ms': p99.toFixed(1),
    'server CPU ms': ((1000 * cpu.server) / perSecond).toFixed(2),
    'PostgreSQL CPU ms': ((1000 * cpu.postgres) / perSecond).toFixed(2),
    rounds: each.join(' '),
  }))
  const ratios = Object.entries(AIMS).flatMap(([server, aim]) =>
    compare(rounds, { server, bare: 'plain', aim }),
  )
  const shares = ratios.map(({ ratio, ...rest }) => ({ ...rest, ratio: ratio.toFixed(2) }))
  const machine = `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, load ${loadBefore} before`
  console.log([machine, formatTable(lines), formatTable(shares)].join('\n\n'))
}
